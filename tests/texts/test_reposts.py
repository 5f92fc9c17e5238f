"""A copy that differs from the copies that agree is marked; what makes it another document or an editor's work is not."""

from datetime import date

import pytest

from govcrawl.texts.copies import Copy, Page, groups, sketch
from govcrawl.texts.reposts import differences

LINES = (
    "各县区人民政府，市政府各部门、各直属机构：",
    "现将《岚川市城乡供水一体化三年行动方案》印发给你们，请认真组织实施，重大事项及时报告。",
    "到2027年底，全市新建改建水厂18座，投入资金4464万元，农村自来水普及率达到95.5%以上，受益群众5163余人。",
    "各级各部门要压实责任，逐项明确时限、责任人和具体举措，建立台账、销号管理，确保按期完成。",
    "强化督促检查，将城乡供水一体化工作纳入年度综合考核，定期调度、按月通报，及时总结推广可复制的经验做法。",
    "岚川市人民政府办公室",
    "2026年3月18日",
)
TITLE = "关于印发城乡供水一体化三年行动方案的通知"
OFFICES = ("岚川市人民政府", "青檀县人民政府", "云岭县人民政府", "岚川市水务局", "岚川市财政局")


def altered(*pairs):
    text = "\n".join(LINES)
    for right, wrong in pairs:
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


def marks(*texts, titles=None, days=None):
    """Marks of each text by its number; each stands on a site of its own."""
    by_text = {}
    for number, text in enumerate(texts):
        day = (days or {}).get(number, date(2026, 3, 19))
        title = (titles or {}).get(number, TITLE)
        page = Page(str(number), OFFICES[number], f"http://{number}.gov.cn/", title, day)
        by_text.setdefault(text, []).append(page)
    found = {}
    several = list(by_text)
    for group in groups([sketch(text) for text in several]):
        copies = [Copy(str(number), several[number], by_text[several[number]]) for number in group]
        for copy, of_copy in differences(copies):
            found |= {int(page.site_code): of_copy for page in copy.pages if of_copy}
    return found


@pytest.mark.parametrize(
    ("right", "wrong", "observed", "expected"),
    [
        ("普及率", "普急率", "普急率", "普及率"),
        ("4464万元", "4664万元", "4664万", "4464万"),
        ("95.5%", "955%", "955%", "95.5%"),
        ("3月18日", "3月13日", "2026年3月13日", "2026年3月18日"),
        ("压实责任", "压责任", "压责", "压实责"),
        ("按月通报", "按按月通报", "度、按按", "度、按"),
        ("各县区", "各县县区", "各县县", "各县"),
    ],
)
def test_a_reading_that_most_copies_do_not_have_is_marked_with_theirs(right, wrong, observed, expected):
    found = marks(altered((right, wrong)), altered(), altered())

    assert [0] == list(found)
    (mark,) = found[0]
    assert ("repost-differs", "reposts", False) == (mark.check_id, mark.way, mark.certain)
    assert (observed, expected) == (mark.observed, mark.expected)
    assert f"【{observed}】" in mark.excerpt
    assert f"【{expected}】" in mark.reason
    assert ["http://1.gov.cn/", "http://2.gov.cn/"] == mark.seen_at


def test_particulars_and_foot_of_each_site_are_no_reading():
    framed = [
        f"{TITLE}\n发布时间：2026-03-{19 + number} 浏览次数：{number}{number}\n{altered()}\n电话：{number}1234567"
        for number in range(3)
    ]
    framed[1] = framed[1].replace("普及率", "普急率")

    assert [1] == list(marks(*framed))


@pytest.mark.parametrize(
    "other",
    [
        altered((LINES[3] + "\n", "")),
        altered(
            (
                LINES[3],
                f"{LINES[3]}\n本报记者了解到，这项工作已经走在全省前列，群众普遍表示满意，期待早日全面通水。",
            )
        ),
        altered(("普及率", "覆盖率")).replace(LINES[0], f"（本文有删改）\n{LINES[0]}"),
        altered(("2026年3月18日", "二〇二六年三月十八日")),
        altered(("18座", "十八座")),
        altered(("岚川市城乡", "青檀县城乡"), ("岚川市人民政府办", "青檀县人民政府办")),
        altered(("全市", "全县")),
        altered(("，请认真", "，\u3000请认真"), ("、销号", "，销号")),
    ],
    ids=(
        "abridged",
        "commented",
        "says so",
        "other digits",
        "a number in words",
        "own name",
        "own level",
        "marks",
    ),
)
def test_the_work_of_an_editor_is_no_fault(other):
    assert {} == marks(altered(), other, altered(), altered())


def test_two_copies_agree_with_nobody():
    assert {} == marks(altered(), altered(("普及率", "普急率")))


def test_what_two_unrelated_sites_read_is_no_slip_of_one():
    assert {} == marks(
        altered(), altered(), altered(), altered(("普及率", "覆盖率")), altered(("普及率", "覆盖率"))
    )


@pytest.mark.parametrize(
    "about",
    [
        {"titles": {0: TITLE + "（第2期）"}},
        {"days": {0: date(2026, 6, 19)}},
    ],
    ids=("another number", "months later"),
)
def test_figures_of_another_issue_are_its_own(about):
    assert {} == marks(altered(("4464万元", "4664万元")), altered(), altered(), **about)


def test_texts_made_from_one_form_are_no_copies():
    forms = [
        altered(("18座", f"{number}座"), ("4464万元", f"{number}5{number}万元")) for number in range(3, 7)
    ]
    forms.append(altered(("普及率", "普急率"), ("18座", "99座")))

    assert {} == marks(*forms)


def test_what_is_private_is_masked_on_both_sides():
    line = "联系人王某，身份证号341401199003074514，逾期不候。"
    texts = [
        altered(("确保按期完成。", f"确保按期完成。{each}"))
        for each in (line.replace("逾期", "余期"), line, line)
    ]

    (mark,) = marks(*texts)[0]

    assert "341401199003074514" not in f"{mark.excerpt}{mark.reason}{mark.observed}{mark.expected}"
