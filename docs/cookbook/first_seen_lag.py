import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


listed = read("entry")[
    ["site_code", "section_url", "url", "class", "published_on", "first_seen_on"]
].drop_duplicates()
since_on = listed.groupby(["site_code", "section_url"])["first_seen_on"].transform("min")
came = listed[(listed["first_seen_on"] > since_on) & listed["published_on"].notna()].copy()
came["days"] = (came["first_seen_on"] - came["published_on"]).dt.days
answer = (
    came.groupby("class")
    .agg(
        entries=("days", "size"),
        same_day=("days", lambda days: (days == 0).sum()),
        median_days=("days", "median"),
        slowest_tenth_days=("days", lambda days: days.quantile(0.9)),
        late=("days", lambda days: (days > 7).sum()),
    )
    .reset_index()
)
