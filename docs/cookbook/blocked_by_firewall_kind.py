import duckdb
import pandas as pd


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


probe = read("probe")
probe = probe[probe["voided"].isna()]
blocked = probe[probe["outcome"] == "blocked"].copy()
blocked["kind"] = [
    "challenge" if pd.isna(status) or status < 400 else str(int(status)) for status in blocked["status"]
]
answer = (
    blocked.groupby("kind").agg(sites=("site_code", "nunique"), probes=("site_code", "size")).reset_index()
)
answer["share"] = (answer["probes"] / len(probe)).round(4)
answer = answer.sort_values(["probes", "kind"], ascending=[False, True])
