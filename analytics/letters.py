"""What the checks on imported letters (messages, tickets) share: each letter of a site judged, counted by site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def tally(judged: pd.DataFrame, sites: pd.DataFrame, imported: pd.Series[str], *, what: str) -> pd.DataFrame:
    """Count letters with `failed` by site. `imported`: the site of every letter there is, asked about or not.

    A site of which nobody imported a letter is not one without letters: it is not measured.
    """
    counted = judged.groupby("site_code")["failed"].agg(["size", "sum"]).reindex(sites["site_code"]).fillna(0)
    known = sites["site_code"].isin(imported).to_numpy(dtype=bool)
    looked = counted["size"].to_numpy("int64")
    return sites[["site_code"]].assign(
        category="",
        looked=looked,
        failed=counted["sum"].to_numpy("int64"),
        unmeasured=0,
        complete=known,
        reason=np.select([~known, looked == 0], [f"未导入{what}", f"期内没有{what}"], ""),
    )
