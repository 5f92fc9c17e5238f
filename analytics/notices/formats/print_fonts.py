"""The Chinese fonts of a printed document, converted so that Chromium can embed them.

Chromium embeds TrueType outlines only. All others are drawn into the PDF glyph by glyph (Type 3): they print badly, archives
refuse them, and copied text has wrong characters. The free Chinese fonts (Noto, Source Han) have CFF outlines. So the characters
of a set of documents are taken from the machine's font, converted to TrueType, and given to the print under the font's own name.
The order of fonts in the style sheets stays the same, and a 仿宋 that the office owns still comes first.
"""

from __future__ import annotations

import subprocess
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

FAMILIES = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans Mono CJK SC",
)
"""Those of the style sheets that may be of the other kind."""
_WEIGHTS = {"Regular": 400, "Bold": 700}
_PRECISION = 1.0  # of the new curve, in units of the font, a thousand to the height of a character
_ALWAYS = "— 0123456789"  # page numbers stand in the style sheet


@dataclass(frozen=True, slots=True)
class _Source:
    family: str
    weight: int
    path: Path
    number: int  # within a collection


def font_faces(characters: AbstractSet[str]) -> str:
    """@font-face rules that hold these characters; empty where the machine lists no such font."""
    return "\n".join(
        face for source in _installed() if (face := _face(source, {*characters, *_ALWAYS})) is not None
    )


def _installed() -> Iterator[_Source]:
    program = which("fc-list")
    if program is None:
        return
    try:
        listed = subprocess.run(  # noqa: S603 - our own words only
            [program, "-f", "%{family}|%{style}|%{file}|%{index}\n"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return
    seen = set()
    for line in sorted(listed.splitlines()):
        families, styles, file, number = line.split("|")
        for family in FAMILIES:
            for style, weight in _WEIGHTS.items():
                named = family in families.split(",") and style in styles.split(",")
                if named and (family, weight) not in seen and int(number) < 1 << 16:
                    seen.add((family, weight))
                    yield _Source(family, weight, Path(file), int(number))


def _face(source: _Source, characters: AbstractSet[str]) -> str | None:
    with TTFont(source.path, fontNumber=source.number, lazy=True) as font:
        if "glyf" in font:
            return None
        made = b64encode(_as_truetype(font, characters)).decode()
    return (
        f'@font-face {{ font-family: "{source.family}"; font-weight: {source.weight}; '
        f"src: url(data:font/ttf;base64,{made}); }}"
    )


def _as_truetype(font: TTFont, characters: AbstractSet[str]) -> bytes:
    """A font of these characters, as wide and as high as they were, one glyph for each."""
    glyphs = font.getBestCmap()
    drawn = font.getGlyphSet()
    chars = {code: glyphs[code] for code in sorted(map(ord, characters)) if code in glyphs}
    order = [".notdef", *sorted(set(chars.values()) - {".notdef"})]
    glyphs, widths = {}, {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, _PRECISION, reverse_direction=True))
        glyphs[name] = pen.glyph()
        widths[name] = drawn[name].width
    head, lines, measures = font["head"], font["hhea"], font["OS/2"]
    made = FontBuilder(head.unitsPerEm, isTTF=True)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(chars)
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics({name: (widths[name], getattr(glyphs[name], "xMin", 0)) for name in order})
    made.setupHorizontalHeader(ascent=lines.ascent, descent=lines.descent)
    made.setupNameTable(
        {
            "familyName": font["name"].getDebugName(1) or "Print",
            "styleName": "Regular",
            "psName": f"Print-{len(order)}",
        }
    )
    made.setupOS2(
        sTypoAscender=measures.sTypoAscender,
        sTypoDescender=measures.sTypoDescender,
        sTypoLineGap=measures.sTypoLineGap,
        usWinAscent=measures.usWinAscent,
        usWinDescent=measures.usWinDescent,
    )
    made.setupPost()
    written = BytesIO()
    made.save(written)
    return written.getvalue()
