"""The tables of one night hold what the views say of it, whichever day is asked about, and leave nothing behind."""

import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.one_night import EARLIER_NIGHT, NIGHT, OneNight
from govcrawl.warehouse.publish import publish
from tests.warehouse.folders import TODAY
from tests.warehouse.test_publish import STAMP

TABLES = {path.stem for path in schema.files("night")}
SAME = {
    "addresses": "FROM night_page WHERE as_of = $as_of",
    "asked_pages": "SELECT run_id, site_code, outcome, count(*) AS pages FROM derived.visited_page SEMI JOIN visits USING (run_id) "
    "WHERE NOT standing GROUP BY ALL",
    "articles": "FROM night_article WHERE as_of = $as_of",
    "articles_read": "SELECT run_id, site_code, url, fetched_at, text_sha256, title, kind, try_cast(published_at AS DATE) AS published_on "
    "FROM derived.visited_page SEMI JOIN visits USING (run_id) WHERE outcome IN (SELECT word FROM words.outcome WHERE ok) "
    "AND read_state IN (SELECT word FROM words.read_state WHERE read) AND text_sha256 IS NOT NULL",
    "coverage": "FROM site_coverage SEMI JOIN visits USING (run_id)",
    "homes": "SELECT run_id, site_code, max_by(final_url, fetched_at) AS final_url, max_by(footer, fetched_at) AS footer "
    "FROM derived.visited_page SEMI JOIN visits USING (run_id) WHERE depth = 0 AND outcome IN (SELECT word FROM words.outcome WHERE ok) "
    "GROUP BY ALL",
    "links": "SELECT * EXCLUDE (first_origins, redirects, host, domain) FROM link SEMI JOIN visits USING (run_id)",
    "pages": "SELECT * EXCLUDE (entries, new_links, link_nos, first_link_no, elapsed_s, size_bytes, content_type, redirects, rendered, "
    "charset_declared, charset_used, shown_on, etag, last_modified, same_as_run, planted, planted_sought, generator, answer_headers), "
    "len(entries)::INTEGER AS entries, len(link_nos)::INTEGER AS links "
    "FROM derived.visited_page SEMI JOIN visits USING (run_id)",
    "planted_links": "FROM planted_link SEMI JOIN visits USING (run_id)",
    "printed_days": "SELECT run_id, site_code, url, derived.printed_on(published_at, date_origin) AS published_on FROM derived.visited_page "
    "SEMI JOIN visits USING (run_id) WHERE published_at IS NOT NULL",
    "refusals": "SELECT run_id, site_code, url, outcome FROM derived.visited_page SEMI JOIN visits USING (run_id) "
    "WHERE outcome IN (SELECT word FROM words.outcome WHERE refusals) UNION "
    "SELECT l.run_id, l.site_code, l.target_url, c.outcome FROM derived.link AS l SEMI JOIN visits USING (run_id) "
    "JOIN derived.checking_run AS checked USING (run_id) JOIN raw.link_check AS c ON c.run_id = checked.links_run_id "
    "AND c.target_url = l.target_url WHERE l.wrong IS NULL AND c.outcome IN (SELECT word FROM words.outcome WHERE refusals)",
}


@pytest.fixture
def two_nights(folders, monkeypatch, tmp_path):
    folders.night(TODAY - timedelta(days=1))
    folders.night(TODAY)
    load_all(folders.data)
    (tmp_path / "aside").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "aside"))
    return publish(folders.data, STAMP)


def test_each_table_is_compared_here():
    assert SAME.keys() == TABLES


def test_a_night_says_what_the_views_say_of_it(two_nights):
    met = 0
    with open_database(two_nights, read_only=True) as connection, ExitStack() as resources:
        nights = {name: OneNight(connection, resources, name) for name in (NIGHT, EARLIER_NIGHT)}
        for back in (0, 1, 2, 0):
            for (database, night), day in zip(
                nights.items(), (TODAY - timedelta(days=back), TODAY - timedelta(days=back + 1)), strict=True
            ):
                for name, view in SAME.items():
                    night.prepare(f"FROM {database}.{name}", day)
                    asked = f"WITH visits AS (SELECT run_id FROM night_visit WHERE as_of = $as_of) {view} ORDER BY ALL"
                    found = connection.execute(f"FROM {database}.{name} ORDER BY ALL").fetchall()
                    assert found == connection.execute(asked, {"as_of": day}).fetchall(), (
                        database,
                        name,
                        day,
                    )
                    met += len(found)
        nights[EARLIER_NIGHT].prepare(f"FROM {EARLIER_NIGHT}.pages", None)
        assert not connection.execute(f"FROM {EARLIER_NIGHT}.pages").fetchall()
        connection.execute(f"DETACH {NIGHT}; DETACH {EARLIER_NIGHT}")
    assert met > 20
    assert not list(Path(tempfile.gettempdir()).iterdir())
