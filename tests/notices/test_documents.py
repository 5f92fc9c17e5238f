"""The documents of two judged days: figures, tone, safety."""

import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import duckdb
import pytest

from analytics.editions.chosen import load_edition
from analytics.judging.assess import assess
from analytics.notices.campaign import Campaign
from analytics.notices.circular.problems import owner_words
from analytics.notices.documents import rectification_notice
from analytics.notices.period import read_period
from analytics.notices.write import write_notices
from analytics.words.text import own_address
from govcrawl.records.errors import UserError
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.notices.conftest import HOSTILE
from tests.notices.golden import CAMPAIGN
from tests.warehouse.folders import HOME, PORTAL, TODAY, instant


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.tags, self._skip = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._skip += tag in {"style", "script"}

    def handle_endtag(self, tag):
        self._skip -= tag in {"style", "script"}

    def handle_data(self, data):
        if not self._skip:
            self.text.append(data)


def leads_to_the_site(href):
    """A place in this or a neighbouring document, or an article of the inspected site."""
    return re.fullmatch(r"#[\w-]+|[\w-]+\.html(#[\w-]+)?", href) or own_address(href, HOME[PORTAL]) == href


def read(path):
    parser = _Text()
    parser.feed(path.read_text("utf-8"))
    return re.sub(r"\s+", "", "".join(parser.text)), parser.tags


def test_the_circular_counts_sites_by_verdict(judged):
    text, _ = read(judged.notices[0].of("circular")[0])

    assert "正常运行的政府网站3家，检查3家" in text
    assert "其中2家完成全部单项否决指标检测" in text
    assert "合格1家，不合格1家，合格率50.0%" in text


def test_an_unmeasured_site_is_named_apart_and_never_as_failing(judged):
    text, _ = read(judged.notices[0].of("circular")[0])
    failing = text.split("不合格网站为：")[1].split("。")[0]

    assert "岚川市防护局" not in failing
    assert "岚川市防护局" in text.split("未完成检测的网站")[1].split("二、存在的主要问题")[0]
    assert not [path for path in judged.notices[0].of("rectification_notice") if "防护局" in path.name]


def test_the_second_circular_shows_what_was_mended(judged):
    first, _ = read(judged.notices[0].of("circular")[0])
    second, _ = read(judged.notices[1].of("circular")[0])

    assert "复查" not in first.split("二、存在的主要问题")[0]
    assert "经复查已整改1个" in second
    assert "附件4" in second
    assert "old/" in second.split("上次检查问题已整改清单")[-1]


def test_every_unit_with_faults_gets_its_numbered_list(judged):
    names = [path.name for path in judged.notices[0].of("rectification_notice")]

    assert 2 == len(names)
    text, _ = read(
        next(path for path in judged.notices[0].of("rectification_notice") if "办公室" in path.name)
    )
    assert "监管提示单" in text
    assert "链接打不开" in text
    assert "回执" in text


def test_hostile_names_and_addresses_stay_text(judged):
    for path in judged.notices[0].folder.rglob("*.html"):
        html = path.read_text("utf-8")
        _, tags = read(path)

        assert 1 == [tag for tag, _ in tags].count("script")
        assert "hacked" not in html.split("<script>")[1]
        assert "49局" not in html
        assert "\u202e" not in html
        assert not [
            attrs
            for _, attrs in tags
            for name, value in attrs.items()
            if name.startswith("on") or name == "src" or (name == "href" and not leads_to_the_site(value))
        ]
        policy = next(attrs["content"] for tag, attrs in tags if attrs.get("http-equiv"))
        assert policy.startswith("default-src 'none'")


def test_without_a_campaign_the_document_is_a_draft_with_marked_blanks(judged):
    text, _ = read(judged.notices[0].of("circular")[0])

    assert text.count("草稿") >= 1
    assert "〔发文字号〕" in text


def test_a_complete_campaign_leaves_no_draft_mark(judged):
    campaign = replace(CAMPAIGN, period=read_period("2026-11"), decimals=2)
    written = write_notices(judged.data, judged.assessments[1], campaign)
    text, _ = read(written.of("circular")[0])

    assert "草稿" not in text
    assert "岚川市人民政府办公室关于2026年11月份全市政府网站检查情况的通报" in text
    assert "2026年12月10日" in text
    assert "50.00%" in text
    assert written.folder != judged.notices[1].folder
    assert (
        "草稿"
        in read(
            write_notices(judged.data, judged.assessments[1], replace(campaign, number=None)).of("circular")[
                0
            ]
        )[0]
    )


def test_writing_again_gives_the_same_bytes(judged):
    before = {p: p.read_bytes() for p in judged.notices[1].folder.rglob("*") if p.is_file()}
    write_notices(judged.data, judged.assessments[1])

    assert before == {p: p.read_bytes() for p in judged.notices[1].folder.rglob("*") if p.is_file()}
    listed = json.loads((judged.notices[1].folder / "notice.json").read_text("utf-8"))["files"]
    assert {p.relative_to(judged.notices[1].folder).as_posix() for p in before} == {
        f["path"] for f in listed
    } | {"notice.json"}


def test_an_unknown_assessment_is_refused(judged):
    with pytest.raises(UserError, match="2020-01-01-none"):
        write_notices(judged.data, "2020-01-01-none")


def test_a_special_circular_speaks_of_its_own_problems_only(judged):
    campaign = Campaign(
        subject="链接可用性专项检查",
        groups=("links",),
        period=read_period("2026-11"),
        form="信函",
        seal=False,
    )
    written = write_notices(
        judged.data, judged.assessments[0], campaign, documents=("circular", "rectification_notice")
    )
    text, tags = read(written.of("circular")[0])
    (notice,) = written.of("rectification_notice")

    assert "政府网站链接可用性专项检查情况的通报" in text
    assert "发现1家网站存在问题1个" in text
    assert "合格率" not in text
    assert "站点无法访问" not in text
    assert "链接打不开1个" in text.split("附件1")[-1]
    assert "办公室" in notice.name
    assert [("main", {"class": "letter-form"})] == [each for each in tags if each[0] == "main"]


def test_units_without_any_fault_are_praised_and_failing_ones_cannot_be(judged):
    campaign = Campaign(praise=True)
    praised, _ = read(
        write_notices(judged.data, judged.assessments[1], campaign, documents=("circular",)).of("circular")[0]
    )

    assert "予以表扬" not in praised  # one has faults, one fails, one is not measured
    with pytest.raises(UserError, match="was unqualified between"):
        write_notices(judged.data, judged.assessments[1], Campaign(praise=(HOSTILE,)))


@pytest.fixture
def altered(judged, tmp_path):
    """The first day judged by an overlay that has bands of its own; a finding waits for a person, and sites have scores."""
    data = tmp_path / "data"
    shutil.copytree(judged.data, data, symlinks=True, ignore=shutil.ignore_patterns("notices"))
    overlay = tmp_path / "local.toml"
    overlay.write_text(
        'title = "本地口径"\nchanges = "inspection-2019"\n[settings]\nbands = [95, 70]\n', "utf-8"
    )
    day = TODAY - timedelta(days=1)
    with Snapshot.open(data) as snapshot:
        folder = assess(
            snapshot, edition="inspection-2019", as_of=day, out=data / "assessments", overlay=overlay
        )
    load_all(data)
    with duckdb.connect(data / "warehouse.duckdb") as warehouse:
        warehouse.execute("UPDATE raw.finding SET state = 'awaiting' WHERE check_id = 'link-dead'")
        warehouse.execute(
            "UPDATE raw.site_result SET score = if(site_code = $portal, 91.5, 60),"
            " band = if(site_code = $portal, '70分(含)至95分', '70分以下') WHERE verdict <> 'unmeasured'",
            {"portal": PORTAL},
        )
    publish(data, instant(TODAY, 9))
    return data, folder.name


def test_what_waits_for_a_person_is_in_no_document_and_scores_stand_in_bands(judged, altered):
    written = write_notices(
        *altered,
        documents=("circular", "rectification_notice"),
        formats=("html", "xlsx"),
    )
    circular, _ = read(written.of("circular")[0])

    assert "按得分划分，70分（含）至95分的1家，70分以下的1家。" in circular
    assert "附件2政府网站评分分段情况表" in circular
    assert "链接打不开" in read(judged.notices[0].of("circular")[0])[0]
    for path in written.folder.rglob("*.html"):
        text, _ = read(path)
        assert "链接打不开" not in text
        assert "old/" not in text


@pytest.mark.parametrize(
    ("check", "failed", "cited"),
    [
        ("date-future", True, ""),  # filed under a veto that it does not decide
        ("tls-expiring", True, ""),
        ("home-stale", True, "单项否决：首页不更新"),
        ("home-stale", False, "首页不更新"),  # a fault, though not enough of it to fail the site
    ],
)
def test_a_fault_is_told_under_a_row_that_asks_for_it_and_as_a_veto_only_where_it_was_one(
    check, failed, cited
):
    edition = load_edition("inspection-2019")
    row = edition.indicator_of(check).id
    finding = {"check_id": check, "indicator_id": row, "whose": "site", "site_code": PORTAL, "expected": ""}
    rows = {row.id: row for row in edition.indicators}
    vetoed = {(PORTAL, row)} if failed else {("6500000002", row)}

    told = rectification_notice._requirement(rectification_notice._fault(finding, rows, vetoed, None))[1]

    assert cited == told


@pytest.mark.parametrize(
    ("name", "check", "said"),
    [
        ("岚川市教育局", "link-dead", "岚川市教育局网站"),
        ("岚川市教育局网站", "link-dead", "岚川市教育局网站"),
        ("岚川市教育局网站（英文版）", "link-dead", "岚川市教育局网站（英文版）"),
        ("岚川政务服务网", "link-dead", "岚川政务服务网"),
        ("岚川市教育局", "site-unreachable", "岚川市教育局"),  # 站点无法访问 follows
    ],
)
def test_a_sentence_says_website_once(name, check, said):
    assert said == owner_words({"name": name, "whose": "site", "check_id": check})
