from dataclasses import replace

import pytest

from analytics.editions.chosen import load_edition
from govcrawl.records.errors import EditionError

HEAD = 'title = "补充规定"\nchanges = "inspection-2019"\n'


def with_overlay(tmp_path, text: str, head: str = HEAD, edition: str = "inspection-2019"):
    path = tmp_path / "local.toml"
    path.write_text(head + text, "utf-8")
    return load_edition(edition, overlay=path)


def row(edition, indicator_id: str):
    return next(row for row in edition.indicators if row.id == indicator_id)


def test_what_an_overlay_names_is_changed_and_the_rest_stays(tmp_path):
    plain = load_edition("inspection-2019")
    changed = with_overlay(
        tmp_path,
        """
        [settings]
        pass_below = 70
        bands = [90, 80, 70]
        [part.deduct]
        scope = "all"
        [term."通知公告"]
        days = 90
        [term."其他"]
        months = 6
        clause = "其他栏目6个月内应更新"
        confidence = "H"
        [check.home-stale]
        days = 7
        [indicator.usability]
        max_points = 4
        [[indicator.usability.deduction]]
        check = "link-dead"
        points_each = 0.5
        """,
    )

    assert (70, (90, 80, 70), 80) == (changed.pass_below, changed.bands, changed.bonus_above)
    assert {"all"} == {row.scope for row in changed.indicators if row.part == "deduct"}
    assert {"portal"} == {row.scope for row in changed.indicators if row.part == "bonus"}
    assert (90, None, 6) == (
        changed.terms["通知公告"].days,
        changed.terms["通知公告"].months,
        changed.terms["其他"].months,
    )
    assert changed.terms == changed.params["section-stale"].terms
    assert 7 == changed.params["home-stale"].days
    assert (4, 1) == (row(changed, "usability").max_points, len(row(changed, "usability").deduction))
    assert row(plain, "search") == replace(row(changed, "search"), scope="portal")
    assert "image-dead" in plain.params
    assert "image-dead" not in changed.params
    assert plain.sha256 == changed.sha256
    assert ("local", "补充规定") == (changed.overlay.name, changed.overlay.title)


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("[indicator.usabilty]\nmax_points = 2\n", 3, "usabilty", "did you mean 'usability'?"),
        ("[indicator.usability]\nmax_points = '2'\n", 4, "max_points", "'2' is not Decimal"),
        ("[indicator.usability]\nmax_point = 2\n", 4, "max_point", "unknown key"),
        ("[indicator.usability]\npart = 'bonus'\n", 4, "part", "cannot be changed"),
        ("[indicator.usability]\nscope = 'town'\n", 4, "scope", "'town' is none of all, portal"),
        (
            "[[indicator.usability.deduction]]\ncheck = 'link-gone'\npoints_each = 1\n",
            4,
            "check",
            "names 'link-gone', which has no [check.link-gone]",
        ),
        (
            "[[indicator.usability.deduction]]\ncheck = 'link-dead'\npoints_each = 1\ncategories = ['主页']\n",
            3,
            "category",
            "'主页' is none of",
        ),
        ("\n[check.home-stale]\ndays = 7.5\n", 5, "days", "7.5 is not int"),
        ("\n[check.home-stale]\nday = 7\n", 5, "day", "unknown key; known: days"),
        ("[check.home-old]\ndays = 7\n", 3, "home-old", "unknown check 'home-old'"),
        ("[check.page-slow]\ndays = 7\n", 3, "page-slow", "unknown check 'page-slow'"),
        ('[term."动态"]\ndays = 7\n', 3, "class", "'动态' is none of"),
        ('[term."动态要闻"]\ndays = 0\n', 4, "days", "at least 1"),
        ("[settings]\npass_below = true\n", 4, "pass_below", "True is not Decimal"),
        ("[settings]\nissuer = 'x'\n", 4, "issuer", "unknown key"),
        ("[settings]\nbands = [60, 80]\n", 4, "bands", "from high to low"),
        ("[settings]\nconfirm_first = ['link']\n", 4, "confirm_first", "'link' is none of"),
        ("[settings]\ndecimals = 5\n", 4, "decimals", "5 is none of 0 to 4"),
        ("[indicator.usability]\nmax_points = 0\n", 4, "max_points", "must be more than 0"),
        ("[indicator.usability]\ncapped = false\n", 3, "max_points", "every row but a veto"),
        (
            "[[indicator.veto-home-stale.limit]]\ncheck = 'home-stale'\nat_least = 0\n",
            5,
            "at_least",
            "would fail every site",
        ),
        ("[part.deducts]\nscope = 'all'\n", 4, "scope", "[part.veto|deduct|bonus] takes scope"),
        ("colour = 'red'\n", 3, "colour", "unknown key; known: title, changes"),
    ],
)
def test_what_does_not_fit_is_named_with_the_overlays_file_line_and_key(tmp_path, text, line, key, problem):
    with pytest.raises(EditionError) as caught:
        with_overlay(tmp_path, text)
    message = str(caught.value)

    assert message.startswith(f"{tmp_path / 'local.toml'}, line {line}: ")
    assert f"{key}: " in message
    assert problem in message


def test_an_overlay_of_another_edition_is_refused(tmp_path):
    with pytest.raises(EditionError, match=r"local.toml, line 2: changes: is 'inspection-2019'"):
        with_overlay(tmp_path, "", edition="census-2015")


def test_an_overlay_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(EditionError, match=r"cannot be read \(No such file or directory\)"):
        load_edition("inspection-2019", overlay=tmp_path / "none.toml")
