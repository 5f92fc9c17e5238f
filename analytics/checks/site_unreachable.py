"""Site that did not open, or opened too slowly, in too many attempts of a week (站点无法访问)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings
from analytics.checks.shared.window import Window
from analytics.figures.rates import Rate
from analytics.words.phrases import PROBE, SITE, failed_words
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The numbers of the clause."""

    days: int
    attempts_per_day: int
    slow_after_s: int
    fail_share_percent: int

    @property
    def window(self) -> Window:
        return Window(self.days, of_attempts=True)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the latest whole week of counted attempts of every site."""
    days = source.query(
        "probe_days",
        as_of=as_of,
        days=params.days,
        slow_after_s=params.slow_after_s,
    )
    hosts = source.query("hosts_around", as_of=as_of)
    warned = hosts.loc[hosts["tls_problem"].notna(), "site_code"]
    return judge(source.query("night_sites", as_of=as_of), without_certificates(days, warned), as_of, params)


def without_certificates(days: pd.DataFrame, warned: pd.Series[str]) -> pd.DataFrame:
    """The days, `of_certificate` attempts of which ended at a certificate that is a fault of its own (tls-invalid).

    `warned`: the sites whose certificate warns readers. What counts there does not count here once more; a connection
    that broke before any certificate was shown still does.
    """
    of_certificate = days["tls_failed"].where(days["site_code"].isin(warned), 0).astype("int64")
    words = (
        days["failed_as"]
        .fillna("")
        .str.split()
        .map(lambda each: [word for word in each if word != Outcome.TLS_ERROR])
    )
    failed_as = days["failed_as"].where(of_certificate == 0, words.str.join(" "))
    return days.assign(
        failed=days["failed"] - of_certificate, failed_as=failed_as, of_certificate=of_certificate
    )


def judge(sites: pd.DataFrame, days: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`days`: one row a site and civil day with attempts, failed, not_counted, of_certificate, failed_as, run_id.

    Both weeks that lie wholly in [as_of − 7, as_of] may serve; the later one is preferred, and each of its days
    needs its attempts. With fewer the site is unmeasured, however bad the attempts that were made.
    """
    calendar = [pd.Timestamp(as_of - timedelta(days=back)) for back in range(params.days, -1, -1)]
    later = _week(sites, days, calendar[1:], params)
    earlier = _week(sites, days, calendar[:-1], params)
    weeks = later.where(later["whole"] | ~earlier["whole"], earlier)
    weeks["whole"] = weeks["whole"].astype(bool)
    over = weeks["failed_attempts"] * 100 >= params.fail_share_percent * weeks["attempts"]
    weeks["failed"] = (weeks["whole"] & over).astype("int64")
    weeks["unmeasured"] = (~weeks["whole"]).astype("int64")
    weeks["reason"] = _measured_words(weeks, params).where(weeks["whole"], _short_words(weeks, params))
    weeks = weeks.reset_index().merge(sites[["site_code", "home_url"]], on="site_code")
    # Attempts count where a week is whole: the census takes points for each per cent that failed.
    attempts = weeks.assign(
        category=PROBE,
        looked=weeks["attempts"],
        failed=weeks["failed_attempts"].where(weeks["whole"], 0),
        unmeasured=weeks["attempts"].where(~weeks["whole"], 0),
        complete=weeks["whole"],
    )
    homes = weeks.assign(category=SITE, looked=1, complete=weeks["whole"])
    return findings.answer(
        "site-unreachable",
        faults=_faults(weeks[weeks["failed"] == 1], days, params),
        measured=pd.concat([homes, attempts]),
        doubtful=weeks[weeks["unmeasured"] == 1].rename(columns={"home_url": "subject_url"}),
    )


def _week(
    sites: pd.DataFrame, days: pd.DataFrame, calendar: list[pd.Timestamp], params: Params
) -> pd.DataFrame:
    """One row a site: what its attempts of these days come to, and whether every day has enough of them."""
    counts = ["attempts", "failed", "not_counted", "of_certificate"]
    inside = days[days["probed_on"].isin(calendar)]
    enough = inside[inside["attempts"] >= params.attempts_per_day]
    week = inside.groupby("site_code")[counts].sum().reindex(sites["site_code"]).fillna(0).astype("int64")
    week["full_days"] = enough.groupby("site_code").size().reindex(week.index).fillna(0).astype("int64")
    return week.rename(columns={"failed": "failed_attempts"}).assign(
        whole=week["full_days"] == params.days, from_on=calendar[0], until_on=calendar[-1]
    )


def _faults(weeks: pd.DataFrame, days: pd.DataFrame, params: Params) -> pd.DataFrame:
    spans = weeks[["site_code", "from_on", "until_on"]].merge(days, on="site_code")
    inside = spans[spans["probed_on"].between(spans["from_on"], spans["until_on"])]
    by_site = inside.groupby("site_code").agg(run_id=("run_id", "max"), failed_as=("failed_as", _distinct))
    faults = weeks.merge(by_site, on="site_code")
    return faults.assign(
        subject_url=faults["home_url"],
        category=SITE,
        observed=faults["reason"] + "(" + faults["failed_as"].map(failed_words) + ")",
        expected=f"监测{params.days}天,每天访问{params.attempts_per_day}次以上,"
        f"超过(含){params.slow_after_s}秒仍打不开的次数占比应低于{params.fail_share_percent}%",
        evidence=findings.evidence(
            faults, ["from_on", "until_on", "attempts", "failed_attempts", "failed_as"]
        ),
    )


def _distinct(words: pd.Series[str]) -> str:
    return " ".join(sorted({word for line in words.dropna() for word in line.split()}))


def _measured_words(weeks: pd.DataFrame, params: Params) -> pd.Series[str]:
    shares = zip(weeks["failed_attempts"], weeks["attempts"], strict=True)
    share = pd.Series([Rate(failed, of).printed(2) for failed, of in shares], index=weeks.index, dtype="str")
    return (
        _span(weeks)
        + "探测"
        + weeks["attempts"].astype("str")
        + f"次,超过(含){params.slow_after_s}秒或打不开"
        + weeks["failed_attempts"].astype("str")
        + "次,占"
        + share
        + ("(另有" + weeks["of_certificate"].astype("str") + "次因安全证书无效,计入证书问题)").where(
            weeks["of_certificate"] > 0, ""
        )
    )


def _short_words(weeks: pd.DataFrame, params: Params) -> pd.Series[str]:
    uncounted = "(另有" + weeks["not_counted"].astype("str") + "次被拦截或因检测方原因不计)"
    return (
        _span(weeks)
        + "有效探测"
        + weeks["attempts"].astype("str")
        + "次,"
        + weeks["full_days"].astype("str")
        + f"天达到每天{params.attempts_per_day}次,不足{params.days}天"
        + uncounted.where(weeks["not_counted"] > 0, "")
    )


def _span(weeks: pd.DataFrame) -> pd.Series[str]:
    return findings.iso(weeks["from_on"], "from_on") + "至" + findings.iso(weeks["until_on"], "until_on")
