import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


def newest(view):
    """Of a view that stands whole under each night, the newest."""
    rows = read(view)
    return rows[rows["night"] == rows["night"].max()]


judged = (
    newest("assessment_of_day").sort_values("as_of").groupby("edition").last()["assessment_id"].reset_index()
)
result = read("site_result").merge(judged, on="assessment_id")
result["any_score"] = result["score"].fillna(result["score_ceiling"])
result = result[result["any_score"].notna()]
result["from_score"] = (result["any_score"] // 10 * 10).astype(int)
answer = (
    result.groupby(["edition", "from_score"])
    .agg(sites=("site_code", "size"), settled=("score", "count"))
    .reset_index()
)
