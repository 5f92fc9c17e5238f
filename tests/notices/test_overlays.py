"""A day judged by the overlays that come with the project, and what its documents say then."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.editions.chosen import load_edition
from analytics.judging.assess import assess
from analytics.judging.month_draw import drawn
from analytics.notices.write import write_notices
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.notices.golden import CAMPAIGN, outline
from tests.warehouse.folders import BUREAU, PORTAL, TODAY, instant

CODES = (PORTAL, BUREAU, "6500000003")


def judged_by(data, overlay: str, hour: int) -> str:
    with Snapshot.open(data) as snapshot:
        folder = assess(
            snapshot,
            edition="inspection-2019",
            as_of=TODAY,
            out=data / "assessments",
            overlay=Path(overlay),
        )
    load_all(data)
    publish(data, instant(TODAY, hour))
    return folder.name


@pytest.mark.parametrize("overlay", ["beijing-2023", "liaoning-2019"])
def test_rows_are_subjects_times_indicators_and_the_sheets_say_what_must_be_verified(
    prefecture, tmp_path, overlay
):
    data = tmp_path / "data"
    shutil.copytree(prefecture[0].data, data, symlinks=True, ignore=shutil.ignore_patterns("notices"))
    edition = load_edition("inspection-2019", overlay=Path(overlay))
    assessment = judged_by(data, overlay, 9)
    with Snapshot.open(data) as snapshot:
        sites = snapshot.frame("site_result", assessment)
        accounts = snapshot.frame("account_result", assessment)
        rows = snapshot.frame("account_indicator_result", assessment)
    of_accounts = [row for row in edition.indicators if row.scope == "account"]
    assert len(accounts) * len(of_accounts) == len(rows) > 0

    written = write_notices(
        data, assessment, replace(CAMPAIGN, edition=None, documents=("circular", "score_sheet"))
    )
    (circular,) = written.of("circular")
    text = outline(circular.read_text("utf-8"))
    sheet = (circular.parent / f"score_sheets/{PORTAL}.html").read_text("utf-8")
    if overlay == "beijing-2023":
        assert sites["drawn"].isna().all()
        assert "本地补充规定：北京市" in sheet
        assert re.search(r"加分指标10分.*?※.*?2023年1月1日起", sheet, re.DOTALL)
        assert rows.loc[rows["indicator_id"] == "beijing-account-points", "points_open"].eq(100).all()
        assert "不计分" in text  # vetoed accounts have no score
    else:
        taken = drawn(CODES, edition.draw, TODAY)
        assert taken == set(sites.loc[sites["drawn"], "site_code"])
        assert f"正常运行的政府网站3家，检查{len(taken)}家" in text
        assert f"在{TODAY.year}年{TODAY.month}月抽取的网站之内" in sheet
        assert "※" in sheet
