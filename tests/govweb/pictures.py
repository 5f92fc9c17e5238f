"""The pictures of the READMEs, taken of the demo: what comes out of an inspection, small enough for a repository."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from govcrawl.network.chromium import find_browser, quiet_arguments

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTH, HEIGHT = 1100, 760
MOST_BYTES = 200_000  # of one picture


def take(data: Path, folder: Path = FOLDER) -> list[Path]:
    """Take them of the newest documents in `data`; they carry the names the READMEs use."""
    notices = data / "notices"
    if not (notices / "index.html").exists():
        raise SystemExit(f"{notices}: no documents; run `make demo` first")
    (circular, *_), sheets = _newest(notices, "circular"), _newest(notices, "score_sheet")
    failed = next(
        (each for each in sheets if 'class="verdict unqualified"' in each.read_text("utf-8")), sheets[0]
    )
    site = notices / "intranet" / "sites" / sheets[0].name
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, path, part in (
            ("index", notices / "index.html", None),
            ("circular", circular, "main"),
            ("score-sheet", failed, None),
            ("calendar", site, "figure.broad"),
        ):
            page.goto(path.resolve().as_uri())
            taken.append(_picture(page, folder / f"{name}.png", part))
        browser.close()
    return taken


def _newest(notices: Path, kind: str) -> list[Path]:
    """The HTML of a kind in the newest folder that has it."""
    for manifest in sorted(notices.glob("2*/notice.json"), reverse=True):
        for document in json.loads(manifest.read_text("utf-8"))["documents"]:
            if document["kind"] == kind and document["html"]:
                return [manifest.parent / html for html in document["html"]]
    raise SystemExit(f"{notices}: no {kind}; run `make demo` first")


def _picture(page: Page, path: Path, part: str | None) -> Path:
    """The first screen of a page, or of a part of it."""
    clip = None
    if part:
        box = page.locator(part).first.bounding_box()
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": min(box["height"], HEIGHT)}
    page.screenshot(path=path, clip=clip, full_page=part is not None)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path}: {path.stat().st_size:,} bytes are too many for a repository")
    return path


if __name__ == "__main__":
    taken = take(Path(sys.argv[1] if len(sys.argv) > 1 else "data/demo"))
    sys.stdout.write("".join(f"{path}\n" for path in taken))
