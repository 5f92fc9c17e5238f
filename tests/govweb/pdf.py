"""Small PDF files with a text layer, as offices make them of their documents."""

from __future__ import annotations

_LINE = 18  # points
_FONT = "STSong-Light"  # one of those that every reader of PDF knows for Chinese; nothing is embedded


def pdf(lines: list[str]) -> bytes:
    """One page that shows these lines."""
    shown = b" ".join(b"<%s> Tj T*" % line.encode("gbk").hex().encode() for line in lines)
    content = b"BT /F1 12 Tf 72 760 Td %d TL %s ET" % (_LINE, shown)
    font = f"/BaseFont/{_FONT}"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        f"<</Type/Font/Subtype/Type0{font}/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType0{font}/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>".encode(),
        f"<</Type/FontDescriptor/FontName/{_FONT}/Flags 6/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"
        "/FontBBox[-25 -254 1000 880]>>".encode(),
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(written),
        )
    )
