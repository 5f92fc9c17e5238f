import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


def newest(view):
    """Of a view that stands whole under each night, the newest."""
    rows = read(view)
    return rows[rows["night"] == rows["night"].max()]


ledger = newest("ledger").merge(newest("site")[["site_code", "unit"]], on="site_code")
ledger["days"] = (ledger["fixed_on"] - ledger["since_on"]).dt.days
ledger["standing_since"] = ledger["since_on"].where(
    ledger["state"].isin(["new", "open", "reopened", "overdue"])
)
answer = (
    ledger.groupby("unit")
    .agg(
        faults=("finding_key", "size"),
        fixed=("state", lambda state: (state == "fixed").sum()),
        median_days=("days", "median"),
        oldest_standing_on=("standing_since", "min"),
    )
    .reset_index()
    .sort_values(["faults", "unit"], ascending=[False, True])
)
