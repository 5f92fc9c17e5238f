import duckdb
import pandas as pd


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


def newest(view):
    """Of a view that stands whole under each night, the newest."""
    rows = read(view)
    return rows[rows["night"] == rows["night"].max()]


life = newest("link_life")
mended = life["mended_on"].notna()
steps = [
    (day, int((life["days_dead"] >= day).sum()), int((mended & (life["days_dead"] == day)).sum()))
    for day in sorted(life["days_dead"].unique())
]
answer = pd.DataFrame(steps, columns=["days", "at_risk", "mended"])
answer["still_dead"] = (1 - answer["mended"] / answer["at_risk"]).cumprod().round(3)
