"""Page that shows search engines, readers they send, or phones another face than everybody else (同址异显).

Found by asking as different visitors once a week, and in scripts that ask who their reader is. A text that only differs, without
a link to strangers or a word of spam, waits for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.checks.shared import findings, tampering
from analytics.nullable import truth
from analytics.words.phrases import CHANNEL, FACE_DIFFERS, FACE_DOUBT, VISITOR
from govcrawl.pages.tampering.faces import UNKNOWN, difference
from govcrawl.pages.tampering.scripts import CHANNELS
from govcrawl.records.items import Face

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

EVIDENCE = (
    "channel", "visitor", "way", "shown", "asked", "final_url", "status", "title", "plain_title",
    "place", "excerpt", "links", "fetched_at", "body_sha256",
)  # fmt: skip
_FACE = EVIDENCE[: EVIDENCE.index("place")]
STANDS_DAYS = 35
"""For how many days a face is told of: some visitors ask once in four weeks (govcrawl/spiders/visitors.py), and a night may fail."""
_EVERYBODY = ("plain", "browser")
"""The visitors that other faces are held against: ours, and for a made-up path a browser."""
_COLUMNS = ("site_code", "url", *_FACE, "doubt", "run_id", "fetched_at", "body_sha256", "told", "told_of")


@dataclass(frozen=True, slots=True)
class Params:
    """How many days a trial speaks for; each site is asked once in seven."""

    days: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the newest faces of every site, and the scripts of every page read on the day."""
    return judge(
        source.query("faces_of_day", as_of=as_of, days=params.days, stands=STANDS_DAYS),
        source.query("planted_of_day", as_of=as_of),
    )


def judge(faces: pd.DataFrame, planted: pd.DataFrame) -> Answer:
    """`faces`: faces_of_day.sql; `planted`: planted_of_day.sql."""
    every = _of_faces(faces)
    shown = every[every["told_of"].astype(bool)]
    scripts = _of_scripts(planted)
    faults = pd.concat([shown, scripts], ignore_index=True) if len(scripts) else shown
    faults = faults.astype({"doubt": "str", "told": "str", "channel": "str"})
    return findings.answer(
        "cloaking",
        faults=faults.assign(
            subject_url=faults["url"],
            aspect=faults["channel"],
            observed=faults["told"],
            expected="同一地址对搜索引擎、搜索用户、手机和普通访问者应显示相同的内容",
            evidence=findings.evidence(faults.reindex(columns=list(EVIDENCE)), EVIDENCE),
        ),
        measured=_measured(faces, faults),
        doubtful=_open(faces, every),
    )


def _of_faces(faces: pd.DataFrame) -> pd.DataFrame:
    rows = []
    attempts = faces[truth(faces["telling"])]
    plain_of = {
        (row["site_code"], _subject(row), None if row["channel"] == UNKNOWN else row["tried_at"]): _face(row)
        for row in attempts[attempts["visitor"].isin(_EVERYBODY)].to_dict("records")
    }
    of_homes = attempts[attempts["url"] == attempts["home_url"]].sort_values("tried_at")
    homes = {
        row["site_code"]: _face(row) for row in of_homes[of_homes["channel"] == "plain"].to_dict("records")
    }
    for row in attempts[~attempts["visitor"].isin(_EVERYBODY)].to_dict("records"):
        unknown = row["channel"] == UNKNOWN
        site, face = row["site_code"], _face(row)
        plain = plain_of.get((site, _subject(row), None if unknown else row["tried_at"]))
        if plain is None and not unknown:
            continue  # nothing to hold it against
        differs = difference(plain, face, homes.get(site))
        if differs is None:
            continue
        way = FACE_DIFFERS[differs.way]
        rows.append(
            {
                "site_code": site,
                "url": _subject(row) or row["home_url"],
                "told_of": bool(row["told_of"]),
                "channel": face.channel,
                "visitor": face.visitor,
                "way": differs.way,
                "shown": list(differs.shown)[:10],
                "asked": face.url,
                "final_url": face.final_url,
                "status": face.status,
                "title": face.title,
                "plain_title": None if plain is None else plain.title,
                "doubt": FACE_DOUBT if differs.doubtful else None,
                "run_id": row["run_id"],
                "fetched_at": face.fetched_at,
                "body_sha256": face.body_sha256,
                "told": f"{CHANNEL[face.channel]}({VISITOR[face.visitor]})时{way}:{'、'.join(map(_bare, differs.shown[:3]))}",
            }
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _open(faces: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """Pages that showed one visitor another face too long ago to say so, and were not shown to him since; and that showed none at all."""
    silent = faces[faces["telling"].eq(other=False)]
    silent = silent.assign(subject_url=silent["url"].where(silent["channel"] != UNKNOWN, silent["home_url"]))
    stale = every[~every["told_of"].astype(bool)].rename(columns={"url": "subject_url"})
    return pd.concat([silent, stale])[list(findings.DOUBTFUL)].astype("str")


def _subject(row: Mapping[Hashable, Any]) -> str:
    """The page that was asked for; empty for a made-up path, which is another each time."""
    return "" if row["channel"] == UNKNOWN else str(row["url"])


def _bare(shown: str) -> str:
    """`北京赛车` of `gambling: 北京赛车`; addresses and titles as they are."""
    kind, colon, word = shown.partition(": ")
    return word if colon and kind.isascii() and kind.isalpha() else shown


def _face(row: Mapping[Hashable, Any]) -> Face:
    def text(name: str) -> str | None:
        return None if pd.isna(row[name]) else str(row[name])

    def many(name: str) -> list[Any]:
        value = row[name]
        return list(value) if value is not None and not isinstance(value, float) else []

    return Face(
        channel=str(row["channel"]),
        visitor=str(row["visitor"]),
        url=str(row["url"]),
        outcome=str(row["outcome"]),
        status=None if pd.isna(row["status"]) else int(str(row["status"]).partition(".")[0]),
        final_url=text("final_url"),
        fetched_at=str(row["fetched_at"]),
        body_sha256=text("body_sha256"),
        title=text("title"),
        words=[str(each) for each in many("words")],
        strangers=[str(each) for each in many("strangers")],
        sketch=[int(str(each)) for each in many("sketch")],
    )


def _of_scripts(planted: pd.DataFrame) -> pd.DataFrame:
    """Scripts that show some visitors another page, found by reading them."""
    found = planted[(planted["kind"] == "script") & planted["way"].isin(CHANNELS)]
    scripts = tampering.in_words(found)
    return scripts.assign(
        channel=scripts["way"],
        fetched_at=findings.iso(scripts["fetched_at"], "fetched_at"),
        doubt=scripts["why"],
        told="页面脚本"
        + scripts["way_words"].str.removeprefix("脚本")
        + ",并转往或载入站外的"
        + pd.Series([tampering.named(each) for each in scripts["domains"]], index=scripts.index, dtype="str"),
    )


def _measured(faces: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    """One row a site; a site that was not asked these days is unmeasured."""
    tried = (
        faces.assign(lately=truth(faces["lately"]))
        .groupby("site_code")
        .agg(attempts=("lately", "sum"), today=("today", "max"))
        .reset_index()
    )
    is_tried = tried["attempts"] > 0
    failed = faults.groupby("site_code").size()
    return pd.DataFrame(
        {
            "site_code": tried["site_code"],
            "category": "",
            "looked": tried["attempts"].astype("int64"),
            "failed": tried["site_code"].map(failed).fillna(0).astype("int64"),
            "unmeasured": (~is_tried).astype("int64"),
            "complete": is_tried,
            "proves_absence": truth(tried["today"]),
            "reason": pd.Series("未能以不同访问者身份读取首页", index=tried.index).where(~is_tried, ""),
        }
    )
