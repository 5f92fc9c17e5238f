"""Shared by the checks on imported letters (messages, tickets): counts the judged letters by site."""

from __future__ import annotations

import numpy as np
import pandas as pd


def tally(
    judged: pd.DataFrame, sites: pd.DataFrame, imported: pd.Series[str], *, unknown: str, none: str, late: str
) -> pd.DataFrame:
    """Count letters with `failed` by site. `imported`: the site of every imported letter, judged or not.

    A site without any imported letter is unmeasured. The reasons: `unknown` for such a site, `none` for a site without
    letters in the judged period, `late` (after the number) for overdue letters.
    """
    counted = judged.groupby("site_code")["failed"].agg(["size", "sum"]).reindex(sites["site_code"]).fillna(0)
    has_import = sites["site_code"].isin(imported).to_numpy(dtype=bool)
    looked, failed = (counted[column].to_numpy("int64") for column in ("size", "sum"))
    overdue = pd.Series(failed, index=sites.index).astype("str") + late
    in_time = "检查" + pd.Series(looked, index=sites.index).astype("str") + "条,均未超期"
    return sites[["site_code"]].assign(
        category="",
        looked=looked,
        failed=failed,
        unmeasured=0,
        complete=has_import,
        reason=np.select([~has_import, looked == 0, failed > 0], [unknown, none, overdue], in_time),
    )
