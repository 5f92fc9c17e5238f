import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


def newest(view):
    """Of a view that stands whole under each night, the newest."""
    rows = read(view)
    return rows[rows["night"] == rows["night"].max()]


judged = newest("assessment_of_day")[["edition", "as_of", "assessment_id"]]
answer = (
    read("site_result")
    .merge(judged, on="assessment_id")
    .pivot_table(
        index=["as_of", "edition"], columns="verdict", values="site_code", aggfunc="size", fill_value=0
    )
    .reindex(columns=["qualified", "unqualified", "unmeasured"], fill_value=0)
    .reset_index()
)
checked = answer["qualified"] + answer["unqualified"]
answer["qualified_share"] = (answer["qualified"] / checked.where(checked > 0)).round(3)
