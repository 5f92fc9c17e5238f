import duckdb
import pandas as pd


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


OURS = ["blocked", "robots_denied", "budget_spent", "render_failed", "not_attempted", "other"]
probe = read("probe")
probe = probe[probe["voided"].isna() & ~probe["outcome"].isin(OURS)].copy()
probe["hour"] = (probe["probed_at"] + pd.Timedelta(hours=8)).dt.hour
probe["failed"] = ~probe["outcome"].isin(["ok", "redirect_offsite", "too_large"])
answer = probe.groupby("hour").agg(attempts=("failed", "size"), failed=("failed", "sum")).reset_index()
answer["failed_share"] = (answer["failed"] / answer["attempts"]).round(4)
