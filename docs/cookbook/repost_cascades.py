import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


page = read("page")
page = page[(page["kind"] == "article") & page["text_sha256"].notna() & page["published_at"].notna()]
copy = page.sort_values(["published_at", "url"]).groupby(["text_sha256", "site_code"], as_index=False).first()
copy["published_on"] = copy["published_at"].dt.normalize()
copy = copy.sort_values(["published_on", "site_code"])
answer = (
    copy.groupby("text_sha256")
    .agg(
        title=("title", "first"),
        sites=("site_code", "size"),
        first_site=("site_code", "first"),
        first_on=("published_on", "min"),
        days=("published_on", lambda on: (on.max() - on.min()).days),
    )
    .reset_index()
)
answer = answer[answer["sites"] >= 2].sort_values(
    ["sites", "first_on", "text_sha256"], ascending=[False, True, True]
)
