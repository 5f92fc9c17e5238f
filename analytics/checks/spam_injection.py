"""Page that advertises what no office sells, in its title, keywords, text or links, or a link to such a page (被植入不良信息).

One finding a page, whatever of it is infected, and one a target: most are names that ran out and were bought. Links that are
hidden are `hidden-link`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, tampering
from analytics.words.phrases import PLANTED_DOUBT, PLANTED_KIND, SITE_FILE
from govcrawl.pages.tampering.faces import MANY, SPAM
from govcrawl.pages.tampering.jargon import weight_of
from govcrawl.pages.tampering.outward import domain_of, is_stranger
from govcrawl.pages.tampering.site_files import ROBOTS

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

_KINDS = ("title", "keywords", "description", "text", "shown", "script")
WAYS = ("back", "encoded")
"""What a script does that is no other face for somebody else."""


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every page read on the day."""
    return judge(
        source.query("pages_looked_at", as_of=as_of),
        source.query("planted_of_day", as_of=as_of),
        source.query("spam_targets", as_of=as_of),
        source.query("new_script_hosts", as_of=as_of),
        source.query("site_files_of_day", as_of=as_of),
    )


def judge(
    looked: pd.DataFrame,
    planted: pd.DataFrame,
    targets: pd.DataFrame,
    hosts: pd.DataFrame,
    files: pd.DataFrame,
) -> Answer:
    """Each frame answers the query of its name: pages_looked_at, planted_of_day, spam_targets, new_script_hosts, site_files_of_day."""
    of_pages = _of_pages(planted)
    # What is certain of a page speaks for it; a new host of scripts beside it adds nothing.
    beside = hosts["url"].isin(of_pages["subject_url"]).to_numpy()
    faults = pd.concat(
        [of_pages, _of_targets(targets), _of_hosts(hosts[~beside]), _of_files(files)], ignore_index=True
    )
    return findings.answer(
        "spam-injection",
        faults=faults.assign(expected="页面和链接不应指向赌博、色情、假证等不良信息"),
        measured=tampering.measured(looked, faults),
    )


def _of_pages(planted: pd.DataFrame) -> pd.DataFrame:
    of_script = planted["kind"] == "script"
    spam = planted[planted["kind"].isin(_KINDS) & (~of_script | planted["way"].isin(WAYS))]
    spam = tampering.in_words(spam).assign(
        kind_words=PLANTED_KIND.of(spam["kind"]), certain=spam["doubt"].isna()
    )
    # What is certain of a page speaks for it; a doubt beside it adds nothing.
    spam = spam.assign(order=spam["kind"].map(_KINDS.index)).sort_values(
        ["certain", "order"], ascending=[False, True]
    )
    pages = spam.groupby(["site_code", "url"])
    infected = pages["kind_words"].agg(lambda words: "、".join(dict.fromkeys(words)))
    classes = pages["spam"].agg(lambda words: "、".join(dict.fromkeys(word for word in words if word)))
    faults = spam.drop_duplicates(["site_code", "url"]).set_index(["site_code", "url"])
    faults = faults.assign(infected=infected, classes=classes).reset_index()
    return pd.DataFrame(
        {
            "site_code": faults["site_code"],
            "subject_url": faults["url"],
            "origin_url": pd.Series(None, index=faults.index, dtype="str"),
            "doubt": faults["why"],
            "observed": "页面的"
            + faults["infected"]
            + "疑似被植入与网站无关的内容"
            + (",涉及" + faults["classes"]).where(faults["classes"] != "", ""),
            "evidence": findings.evidence(faults, tampering.EVIDENCE),
            "run_id": faults["run_id"],
        }
    )


def _of_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Links whose target has become spam, or may have another owner (a candidate): what the link promises, and what is there now."""
    words = [list(each) for each in targets["words"]]
    classes = pd.Series([tampering.classes(each) for each in words], index=targets.index, dtype="str")
    kept = targets.assign(words=pd.Series(words, index=targets.index, dtype=object))
    is_spam = pd.Series([bool(each) for each in words], index=targets.index, dtype=bool)
    before = targets["before_title"].fillna("").str.slice(0, 60)
    certificate = (
        ",证书由" + _certificate(targets, "before") + "改为" + _certificate(targets, "certificate")
    ).where(targets["before_subject"].notna(), "")
    return pd.DataFrame(
        {
            "site_code": targets["site_code"],
            "subject_url": targets["target_url"],
            "origin_url": targets["origin_url"],
            "doubt": pd.Series(PLANTED_DOUBT["new_owner"], index=targets.index, dtype="str").mask(is_spam),
            "observed": "链接“"
            + targets["anchor_text"].fillna("").str.slice(0, 60)
            + "”所指的网站现为“"
            + targets["title"].fillna("").str.slice(0, 60)
            + "”"
            + (",涉及" + classes).where(is_spam, ",原为“" + before + "”")
            + certificate,
            "evidence": findings.evidence(
                kept,
                [
                    *("anchor_text", "title", "words", "origins", "on_home", "body_sha256"),
                    *("certificate_subject", "certificate_issuer", "certificate_from_at"),
                    *("before_on", "before_title", "before_subject", "before_issuer"),
                ],
            ),
            "run_id": targets["run_id"],
        }
    )


def _certificate(targets: pd.DataFrame, which: str) -> pd.Series[str]:
    """`bc88.com(R3)`: to whom it is issued, and by whom."""
    issuer = targets[f"{which}_issuer"].fillna("").astype("str")
    return targets[f"{which}_subject"].fillna("").astype("str") + ("(" + issuer + ")").where(issuer != "", "")


def _of_files(files: pd.DataFrame) -> pd.DataFrame:
    """Files that lead search engines to strangers, or advertise: candidates, since nobody else reads them."""
    strangers = pd.Series([len(each) for each in files["strangers"]], index=files.index, dtype="int64")
    weight = pd.Series(
        [sum(map(weight_of, each)) for each in files["words"]], index=files.index, dtype="int64"
    )
    of_robots = files["name"] == ROBOTS  # it names a map or two; a map names a page or two of others
    odd = files[(strangers >= MANY) | (of_robots & (strangers > 0)) | (weight >= SPAM)]
    lists = {
        name: odd[name].map(list) for name in ("lines", "strangers", "words")
    }  # arrays as the database gives them
    odd = odd.assign(**lists, file=SITE_FILE.of(odd["name"]))
    leads = pd.Series([tampering.named(each) for each in odd["strangers"]], index=odd.index, dtype="str")
    classes = pd.Series([tampering.classes(each) for each in odd["words"]], index=odd.index, dtype="str")
    return pd.DataFrame(
        {
            "site_code": odd["site_code"],
            "subject_url": odd["url"],
            "origin_url": pd.Series(None, index=odd.index, dtype="str"),
            "doubt": pd.Series(PLANTED_DOUBT["site_file"], index=odd.index, dtype="str"),
            "observed": odd["file"]
            + "含有与网站无关的内容"
            + (",指向" + leads).where(leads != "", "")
            + (",涉及" + classes).where(classes != "", ""),
            "evidence": findings.evidence(
                odd,
                [
                    "file",
                    "lines",
                    "strangers",
                    "words",
                    "addresses",
                    "before_on",
                    "before_addresses",
                    "seen_at",
                ],
            ),
            "run_id": odd["run_id"],
        }
    )


def _of_hosts(hosts: pd.DataFrame) -> pd.DataFrame:
    """Pages that load scripts from a strange host which the site did not use the night before: candidates, whatever they do."""
    foreign = [is_stranger(domain_of(url)) for url in hosts["target_url"]]
    strange = hosts[pd.Series(foreign, index=hosts.index, dtype=bool)]
    strange = strange.drop_duplicates(["site_code", "url"])
    return pd.DataFrame(
        {
            "site_code": strange["site_code"],
            "subject_url": strange["url"],
            "origin_url": pd.Series(None, index=strange.index, dtype="str"),
            "doubt": pd.Series(PLANTED_DOUBT["script_host"], index=strange.index, dtype="str"),
            "observed": "页面新载入站外脚本" + strange["host"],
            "evidence": findings.evidence(
                strange, ["target_url", "host", "origins", "fetched_at", "body_sha256"]
            ),
            "run_id": strange["run_id"],
        }
    )
