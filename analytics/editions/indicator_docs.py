"""Writes `docs/indicators.md` from the editions: `python -m analytics.editions.indicator_docs > docs/indicators.md`."""

from __future__ import annotations

import sys
from dataclasses import fields
from typing import TYPE_CHECKING

from analytics.checks import load_check
from analytics.editions.chosen import Edition, known_editions, known_overlays, load_edition
from analytics.editions.overlay import SETTINGS, changed_editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analytics.editions.chosen import Indicator, Limit, Tariff

VERIFY = "**verify**"
_SCOPES = {
    "all": "all sites",
    "portal": "portals",
    "department": "departments",
    "account": "new-media accounts",
    "app": "apps",
}
_PARTS = {
    "veto": "Part 1: vetoes (单项否决)",
    "deduct": "Part 2: deductions (扣分指标)",
    "bonus": "Part 3: bonus (加分指标)",
}


_HEAD = """# Indicators

Generated from the editions by `python -m analytics.editions.indicator_docs`; a test compares the two.

Rows marked **verify** must be compared with the official text by a person before they are quoted as the rule;
*abridged* clauses are quoted in the short form of the source. What checks do not decide waits for people (`manual`).
"""


def page() -> str:
    """Return the page of all editions and of the overlays that come with the project."""
    editions = [load_edition(name) for name in known_editions()]
    overlays = [load_edition(changed_editions(path)[0], overlay=path) for path in known_overlays()]
    lines = [line for edition in editions for line in _lines(edition)]
    return "\n".join([_HEAD, *lines, *(line for each in overlays for line in _overlay(each))]) + "\n"


def _overlay(edition: Edition) -> Iterator[str]:
    """What an overlay sets otherwise than its edition: settings, draw, rows."""
    if edition.overlay is None or edition.plain is None:
        return
    plain = edition.plain
    over = ", ".join(f"`{name}`" for name in changed_editions(edition.overlay.file))
    yield f"## Overlay `{edition.overlay.name}`, over {over}"
    yield from ("", f"{edition.overlay.title}; {edition.overlay.document}, {edition.overlay.issuer}.")
    for name in SETTINGS:
        if getattr(edition, name) != getattr(plain, name):
            yield from ("", f"`{name}` is {_value(getattr(edition, name))}.")
    if draw := edition.draw:
        yield ""
        yield (
            f"At least {draw.share_percent} per cent of the sites a month, every site within {draw.months} months, since "
            f"{draw.in_force}: {draw.clause} ({draw.source}). {VERIFY if draw.verify else ''}"
        )
    kept = {row.id for row in edition.indicators}
    if dropped := [f"`{row.id}`" for row in plain.indicators if row.id not in kept]:
        yield from ("", f"Not asked: {', '.join(dropped)}.")
    before = {row.id: row for row in plain.indicators}
    changed = [row for row in edition.indicators if before.get(row.id) != row]
    if changed:
        yield ""
        yield from _table(
            ("id", "part", "title", "asked of", "points", "since", "confidence", "source"),
            (
                (
                    *(f"`{row.id}`", row.part, row.title, _scope(row), _points(row), str(row.in_force or "")),
                    *(row.confidence + (f", {VERIFY}" if row.verify else ""), row.source),
                )
                for row in changed
            ),
        )
        yield ""
        for row in changed:
            if row.id not in before or row.clause != before[row.id].clause:
                yield f"- **{row.title}**: {row.clause}"
    yield ""


def _lines(edition: Edition) -> Iterator[str]:
    yield f"## `{edition.id}`"
    yield ""
    yield f"《{edition.title}》 {edition.document}, {edition.issuer}, {edition.issued_on}."
    yield ""
    yield _verdict(edition)
    for part, title in _PARTS.items():
        rows = [row for row in edition.indicators if row.part == part]
        if not rows:
            continue
        yield from ("", f"### {title}", "")
        yield from _table(
            ("id", "group", "title", "asked of", "points", "decided by", "wording"),
            ((f"`{r.id}`", r.group, r.title, _scope(r), _points(r), _decided(r), _wording(r)) for r in rows),
        )
        yield ""
        for row in rows:
            yield f"- **{row.title}** ({row.source}): {row.clause}"
    yield from ("", "### Terms of section classes (栏目更新期限)", "")
    yield "The window is [day − term, day], both days whole. A class that is not listed has no term of its own."
    yield ""
    yield from _table(
        ("class", "term", "counts towards the row", "clause", "wording"),
        (
            (
                name,
                term.words,
                "一级栏目 only" if term.first_rank_only else "all",
                term.clause,
                VERIFY if term.verify else "",
            )
            for name, term in edition.terms.items()
        ),
    )
    yield from ("", "### Checks and their numbers", "")
    yield from _table(
        ("check", "finds", "numbers"),
        (
            (f"`{check}`", load_check(check).__doc__.splitlines()[0], _numbers(edition.params[check]))
            for check in sorted(edition.params)
        ),
    )
    yield ""


def _verdict(edition: Edition) -> str:
    scored = (
        "portals start" if any(row.scope == "portal" for row in edition.indicators) else "every site starts"
    )
    mark = f"below {edition.pass_below}" if edition.mark_passes else f"{edition.pass_below} or less"
    bonus = f", above {edition.bonus_above} opens the bonus" if edition.bonus_above is not None else ""
    shorter = (
        " What is not asked of a site is left out, and the rest counts for the whole."
        if edition.rescale
        else ""
    )
    return (
        f"A site whose veto fails is unqualified and not scored. Otherwise {scored} from {edition.full_points} points "
        f"and never fall below 0: {mark} is unqualified{bonus}.{shorter}"
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _scope(row: Indicator) -> str:
    words = _SCOPES[row.scope]
    if row.needs_services:
        words += " with public services"
    if row.not_ministry:
        words += ", not of ministries"
    if row.in_force:
        words += f", since {row.in_force}"
    if row.out_of_force:
        words += f", before {row.out_of_force}"
    return words


def _points(row: Indicator) -> str:
    if row.part == "veto":
        return "veto"
    if row.max_points is None:
        return "no cap"
    return f"{row.max_points}" + (
        f" (ministries {row.max_points_ministry})" if row.max_points_ministry else ""
    )


def _decided(row: Indicator) -> str:
    rules = [*map(_limit, row.limit), *map(_tariff, (*row.deduction, *row.award))]
    if row.manual:
        rules.append(f"a person: {row.manual_words}" if row.manual_words else "a person")
    return "; ".join(rules) + "".join(f"; `{check}` is filed here" for check in row.files)


def _limit(limit: Limit) -> str:
    every = ", and all of them" if limit.every else ""
    must = " (must be measured)" if limit.must_measure else ""
    return f"`{limit.check}` ≥ {limit.at_least}{_categories(limit)}{every}{must}"


def _tariff(tariff: Tariff) -> str:
    if tariff.points_each is not None:
        price = f"{tariff.points_each} each"
    elif tariff.points_once is not None:
        price = f"{tariff.points_once} once" + (f" from {tariff.at_least} on" if tariff.at_least > 1 else "")
    else:
        price = f"{tariff.points_per_percent} per {'' if tariff.proportional else 'whole '}per cent"
    confirmed = ", when a person confirms it" if tariff.confirm else ""
    return f"`{tariff.check}` {price}{confirmed}{_categories(tariff)}"


def _categories(rule: Limit | Tariff) -> str:
    if rule.categories:
        return f" in {'、'.join(rule.categories)}"
    return f" except {'、'.join(rule.except_categories)}" if rule.except_categories else ""


def _wording(row: Indicator) -> str:
    return row.wording + (f", {VERIFY}" if row.verify else "")


def _numbers(params: object) -> str:
    names = [field.name for field in fields(params) if field.name != "terms"]  # type: ignore[arg-type]
    return ", ".join(f"{name} = {_value(getattr(params, name))}" for name in names) or "—"


def _value(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    sys.stdout.write(page())
