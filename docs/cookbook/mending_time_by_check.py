import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


def newest(view):
    """Of a view that stands whole under each night, the newest."""
    rows = read(view)
    return rows[rows["night"] == rows["night"].max()]


ledger = newest("ledger")
ledger["days"] = (ledger["fixed_on"] - ledger["since_on"]).dt.days
answer = (
    ledger.groupby("check_id")
    .agg(
        faults=("finding_key", "size"),
        fixed=("state", lambda state: (state == "fixed").sum()),
        median_days=("days", "median"),
        slowest_tenth_days=("days", lambda days: days.quantile(0.9)),
        standing=("state", lambda state: state.isin(["new", "open", "reopened", "overdue"]).sum()),
    )
    .reset_index()
    .sort_values(["faults", "check_id"], ascending=[False, True])
)
