"""What the checks on imported letters (messages, tickets) share: each letter of a site judged, counted by site."""

from __future__ import annotations

import numpy as np
import pandas as pd


def tally(
    judged: pd.DataFrame, sites: pd.DataFrame, imported: pd.Series[str], *, unknown: str, none: str, late: str
) -> pd.DataFrame:
    """Count letters with `failed` by site. `imported`: the site of every letter there is, asked about or not.

    A site of which nobody imported a letter is not one without letters: it is not measured. `unknown`, `none`, `late`:
    what is said of such a site, of one without letters in the time asked about, and of late ones behind their number.
    """
    counted = judged.groupby("site_code")["failed"].agg(["size", "sum"]).reindex(sites["site_code"]).fillna(0)
    known = sites["site_code"].isin(imported).to_numpy(dtype=bool)
    looked, failed = (counted[column].to_numpy("int64") for column in ("size", "sum"))
    overdue = pd.Series(failed, index=sites.index).astype("str") + late
    in_time = "检查" + pd.Series(looked, index=sites.index).astype("str") + "条,均未超期"
    return sites[["site_code"]].assign(
        category="",
        looked=looked,
        failed=failed,
        unmeasured=0,
        complete=known,
        reason=np.select([~known, looked == 0, failed > 0], [unknown, none, overdue], in_time),
    )
