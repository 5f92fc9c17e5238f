"""Beginning a registry, and keeping it as a crawl saw it."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from govcrawl.records.errors import RegistryError
from govcrawl.registry import (
    Registry,
    Site,
    init_registry,
    load_registry,
    read_registry,
    store_registry,
    stored_registry,
)
from govcrawl.registry.columns import FILES
from govcrawl.registry.store import _content_sha256
from tests.registry.folders import SECTIONS, SITES, workbook, write


def test_a_new_registry_has_every_file_with_its_headers(tmp_path):
    written = init_registry(tmp_path / "new")

    assert [f"{file.stem}.csv" for file in FILES] == [path.name for path in written]
    assert (
        (tmp_path / "new" / "sites.csv").read_bytes().startswith(b"\xef\xbb\xbfsite_code,name,home_url,unit")
    )
    assert ["no site is listed"] == [problem.message for problem in read_registry(tmp_path / "new")[1]]


def test_beginning_a_registry_again_never_overwrites(tmp_path):
    write(tmp_path, sites=SITES)
    workbook(tmp_path / "units.xlsx", [["单位名称"]])

    written = {path.name for path in init_registry(tmp_path)}

    assert SITES == (tmp_path / "sites.csv").read_text("utf-8")
    assert not written & {"sites.csv", "units.csv"}
    assert [] == init_registry(tmp_path)


def full_registry(folder: Path) -> Registry:
    write(
        folder,
        sites=SITES,
        sections=SECTIONS,
        units="unit,parent,region_code,contact,phone\n某市人民政府办公室,,330100,某人,0571-0\n",
        accounts="account_id,platform,name,unit,url,feed_url,last_post_on\nA1,微博,某发布,,,,2026-11-02\n",
        tickets="id,site_code,received_at,answered_at,status,content\nT1,3301000001,2026-11-02,,办理中,=1+1\n",
        messages='id,site_code,content\nM1,3301000001,"两\n行"\n',
        approved_links="domain,site_code,approved_by,approved_on\nExample.COM,,某人,2026-01-02\n",
        submissions="unit,month,submitted\n某市人民政府办公室,2026年11月,0\n",
        self_checks="site_code,score,checked_on\n3301000001,92.5,2026-11-01\n",
        spot_checks="site_code,indicator_id,verdict\n3301000001,home-links,不合格\n",
        reprimands="被问责单位,问责日期,问责方式,人次\n某市人民政府办公室,2026年11月3日,约谈,2\n",
    )
    return load_registry(folder)


def test_a_stored_registry_comes_back_as_it_was(tmp_path):
    registry = full_registry(tmp_path)
    stored = tmp_path / "registries"

    sha256 = store_registry(registry, stored)

    assert asdict(registry) == asdict(stored_registry(stored, sha256))
    assert sha256 == store_registry(registry, stored)
    assert [sha256] == [path.name for path in stored.iterdir()]


def test_a_registry_stored_before_a_kind_of_file_existed_is_read(tmp_path):
    registry = Registry((Site("3301000001", "甲", "http://a.gov.cn/", "甲"),))
    sha256 = store_registry(registry, tmp_path / "today")
    (tmp_path / "today" / sha256 / "self_check.jsonl").unlink()
    older = _content_sha256(
        {path.name: path.read_bytes() for path in (tmp_path / "today" / sha256).iterdir()}
    )
    (tmp_path / "today" / sha256).rename(tmp_path / "today" / older)

    assert registry == stored_registry(tmp_path / "today", older)


def test_the_order_of_rows_makes_no_other_registry(tmp_path):
    header, first = SITES.splitlines()
    second = "3301000002,乙,http://b.gov.cn/,乙"
    names = []
    for rows in ([first, second], [second, first]):
        write(tmp_path, sites="\n".join([header, *rows]))
        names.append(store_registry(load_registry(tmp_path), tmp_path / "registries"))

    assert 1 == len(set(names))


@pytest.mark.parametrize("harm", ["alter", "remove"])
def test_a_stored_registry_that_was_touched_is_refused(tmp_path, harm):
    stored = tmp_path / "registries"
    sha256 = store_registry(full_registry(tmp_path), stored)
    file = stored / sha256 / "site.jsonl"
    if harm == "alter":
        file.write_bytes(file.read_bytes().replace(b"3301000001", b"3301000002"))
    else:
        file.unlink()

    with pytest.raises(RegistryError, match="new run"):
        stored_registry(stored, sha256)


def test_the_users_working_days_survive_being_stored(tmp_path):
    write(
        tmp_path, sites=SITES, working_days="日期,是否工作日,备注\n2027-02-06,否,春节\n2027-02-20,是,调休\n"
    )
    registry = load_registry(tmp_path)
    sha256 = store_registry(registry, tmp_path / "stored")

    assert {date(2027, 2, 6): False, date(2027, 2, 20): True} == {
        row.day: row.working for row in stored_registry(tmp_path / "stored", sha256).working_days
    }
