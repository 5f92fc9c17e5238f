"""Draws charts as inline SVG, each with the table of its figures, so that the template prints both side by side.

Values differ by length, size, dashes or filling, not only by colour: a chart must be readable on a black-and-white
printer and by people who see no colours. Charts have no scripts and no style sheets; docs/decisions/documents.md says
why they are drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from analytics.words.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, SOFT, RULE, FILL = "#1a1a1a", "#5a5a5a", "#c4c9ce", "#2b5c8a"
TONES = ("#a9c4dc", "#6f9cc2", "#3d74a4", "#16456e")  # few updates … many
SIDES = (4, 6, 8, 10)  # of a day's or week's square, with its tone
STEPS = (1, 2, 4, 8)  # updates from which each tone begins
CELL = 11
WIDTH = 400  # of a chart that a phone shows whole


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its table; both show the same values."""

    svg: Markup
    title: str
    description: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int = 1  # leading columns of the table that are words; the rest are figures


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length, the text behind it, whether it is filled, and a mark to compare it with.

    `cells`: its row in the table, if that has more than label and figure.
    """

    label: str
    value: float
    printed: str
    filled: bool = True
    mark: float | None = None
    cells: tuple[str, ...] = ()


def bars(
    title: str, description: str, head: tuple[str, ...], rows: Sequence[Bar], *, texts: int = 1
) -> Chart:
    """Horizontal bars; `mark` is a tick across the bar, for instance the day on which a term ended."""
    longest = max((max(bar.value, bar.mark or 0) for bar in rows), default=0) or 1
    step, left, right = 24, 132, 58
    scale = (WIDTH - left - right) / longest
    parts = []
    for number, bar in enumerate(rows):
        top = 6 + number * step
        long = round(bar.value * scale, 1)
        parts += [
            _text(left - 6, top + 12, shown(bar.label, 10), anchor="end"),
            _tag(
                "rect", x=left, y=top, width=max(long, 1), height=16,
                fill=FILL if bar.filled else "#fff", stroke=FILL,
            ),
            _text(left + max(long, (bar.mark or 0) * scale) + 6, top + 12, bar.printed),
        ]  # fmt: skip
        if bar.mark is not None:
            at = round(left + bar.mark * scale, 1)
            parts.append(_line(at, top - 2, at, top + 18, INK, width=2))
    height = 10 + len(rows) * step
    parts.append(_line(left, 2, left, height - 2, SOFT))
    figures = tuple(bar.cells or (bar.label, bar.printed) for bar in rows)
    return Chart(_svg(WIDTH, height, title, description, parts), title, description, head, figures, texts)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a trend; an unmeasured share is None and leaves a gap."""

    label: str
    share: float | None  # 0 to 100
    printed: str


def trend(
    title: str,
    description: str,
    head: tuple[str, ...],
    points: Sequence[Point],
    rows: Sequence[tuple[str, ...]],
) -> Chart:
    """Shares over time; the scale always goes from 0 to 100, so that small changes do not look large."""
    left, top, wide, high = 40, 14, WIDTH - 60, 150
    stride = wide / max(len(points) - 1, 1)
    begin = left if len(points) > 1 else left + wide / 2
    placed = [
        None if point.share is None else (begin + number * stride, top + high - point.share * high / 100)
        for number, point in enumerate(points)
    ]
    parts = []
    for share in (0, 50, 100):
        y = top + high - share * high / 100
        parts += [_line(left, y, left + wide, y, RULE), _text(left - 6, y + 4, f"{share}%", anchor="end")]
    parts += [_line(*here, *there, FILL, width=2) for here, there in pairwise(placed) if here and there]
    parts += [_tag("circle", cx=round(p[0], 1), cy=round(p[1], 1), r=4, fill=FILL) for p in placed if p]
    for number in sorted({0, len(points) // 2, len(points) - 1} if points else ()):
        anchor = (
            "start" if number == 0 < len(points) - 1 else "end" if 0 < number == len(points) - 1 else "middle"
        )
        x = begin + number * stride
        parts.append(_text(x, top + high + 20, points[number].label, anchor=anchor))
        if (at := placed[number]) is not None:
            parts.append(
                _text(x, at[1] + (18 if at[1] < top + 14 else -9), points[number].printed, anchor=anchor)
            )
    return Chart(
        _svg(WIDTH, top + high + 30, title, description, parts), title, description, head, tuple(rows)
    )


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a heat map: a number for each column, None where it is unknown."""

    label: str
    counts: tuple[int | None, ...]


def heat_map(
    title: str,
    description: str,
    columns: Sequence[str],
    strips: Sequence[Strip],
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
) -> Chart:
    """Squares that are larger and darker for larger numbers; non-empty `columns` are printed above them.

    All squares of one tone are one path, so that a year of a site with fifty sections takes about ten kilobytes.
    """
    left, top = 128, 18
    paths: list[list[str]] = [[] for _ in TONES]
    none: list[str] = []  # known, and nothing there
    parts = []
    for line, strip in enumerate(strips):
        y = top + line * CELL
        parts.append(_text(left - 6, y + 9, shown(strip.label, 11), anchor="end", size=10))
        for column, count in enumerate(strip.counts):
            if count == 0:
                none.append(f"M{left + column * CELL + 5:g} {y + 5:g}h1.5v1.5h-1.5z")
            elif count:
                tone = sum(count >= step for step in STEPS) - 1
                side = SIDES[tone]
                inset = (CELL - side) / 2
                paths[tone].append(f"M{left + column * CELL + inset:g} {y + inset:g}h{side}v{side}h-{side}z")
    wide = max((len(strip.counts) for strip in strips), default=0) * CELL
    foot = top + len(strips) * CELL
    parts += [
        _text(left + number * CELL, 11, label, size=10, colour=SOFT)
        for number, label in enumerate(columns)
        if label
    ]
    rules = "".join(f"M{left} {top + n * CELL}h{wide}" for n in range(len(strips) + 1))
    parts.append(_tag("path", d=rules, stroke="#e4e7ea", fill="none"))
    parts.append(_tag("path", d="".join(none), fill=SOFT))
    parts += [_tag("path", d="".join(path), fill=TONES[tone]) for tone, path in enumerate(paths) if path]
    parts += _legend(left, foot + 8)
    return Chart(
        _svg(left + wide + 8, foot + 26, title, description, parts), title, description, head, tuple(rows)
    )


def _legend(x: float, y: float) -> list[Markup]:
    parts = []
    for step, after, side, tone in zip(STEPS, (*STEPS[1:], None), SIDES, TONES, strict=True):
        words = (
            f"{step}条以上" if after is None else str(step) if after == step + 1 else f"{step}—{after - 1}"
        )
        parts += [
            _tag("rect", x=x + (10 - side) / 2, y=y + (10 - side) / 2, width=side, height=side, fill=tone),
            _text(x + 14, y + 9, words, size=10, colour=SOFT),
        ]
        x += 52
    return parts


def _svg(width: float, height: float, title: str, description: str, parts: Sequence[Markup]) -> Markup:
    return _tag(
        "svg", _tag("title", title) + _tag("desc", description) + Markup().join(parts),
        viewBox=f"0 0 {width:g} {height:g}", role="img", width=f"{width:g}", height=f"{height:g}",
        aria_label=f"{title}。{description}",
    )  # fmt: skip


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, colour: str = INK
) -> Markup:
    return _tag("text", words, x=round(x, 1), y=round(y, 1), fill=colour, font_size=size, text_anchor=anchor)


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: int = 1) -> Markup:
    return _tag(
        "line", x1=round(x1, 1), y1=round(y1, 1), x2=round(x2, 1), y2=round(y2, 1),
        stroke=stroke, stroke_width=width,
    )  # fmt: skip


def _tag(name: str, content: str | Markup = "", **attributes: object) -> Markup:
    """One SVG element; underscores in attribute names become hyphens, all values and texts are escaped."""
    written = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{written}>{escape(content)}</{name}>")  # noqa: S704 - nothing in it is unescaped
