import duckdb


def read(view):
    """The files of a view; with pyarrow `pandas.read_parquet(view)` does the same."""
    return duckdb.read_parquet(f"{view}/*/*.parquet", hive_partitioning=True, union_by_name=True).df()


def newest(view):
    """Of a view that stands whole under each night, the newest."""
    rows = read(view)
    return rows[rows["night"] == rows["night"].max()]


day = newest("section_day")
section = newest("section")[["site_code", "url", "name", "class"]]
day = day[day["published_on"] >= "2020-01-01"].merge(
    section, left_on=["site_code", "section_url", "section_name"], right_on=["site_code", "url", "name"]
)
day["month"] = day["published_on"].dt.month
answer = day.groupby(["class", "month"])["entries"].sum().reset_index()
answer["share"] = (answer["entries"] / answer.groupby("class")["entries"].transform("sum")).round(3)
