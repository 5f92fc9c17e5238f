"""The review file: what its two tables are called, which columns they have, and which words a clerk may write.

A table is known by its headers wherever they stand, so columns and sheets may be moved, and more may be added.
"""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.records.states import FindingState, RowState

KEY_MARK = "F-"  # before a key, or a spreadsheet takes 0123456789012345 and 12345e67 for numbers

FINDINGS, ROWS = "问题", "人工检查项"
HELP = "填写说明"

DECISION, REMARK, UNTIL, OVERRULES, BY, POINTS = "判定", "说明", "截止日期", "改判", "判定人", "分值"
KEY, EDITION, SITE, ACCOUNT, INDICATOR = "问题编号", "规则版本", "网站标识码", "账号标识", "指标编号"
YES = "是"

OF_FINDING: dict[str, str] = {
    "确认": FindingState.CONFIRMED,
    "误报": FindingState.DISMISSED,
    "说明免计": FindingState.EXPLAINED,
}
OF_ROW: dict[str, str] = {"通过": RowState.PASS, "不通过": RowState.FAIL}


@dataclass(frozen=True, slots=True)
class ReviewColumn:
    """One column of the file. `to_fill`: a clerk writes there; the others are for reading."""

    header: str
    width: int
    to_fill: bool = False


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """One table of the file: known by `needs`, read by these and the columns to fill."""

    name: str
    words: dict[str, str]  # of the decision column → as recorded
    columns: tuple[ReviewColumn, ...]
    needs: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)


_BEFORE = (ReviewColumn("已有判定", 10), ReviewColumn("已判定人", 10), ReviewColumn("判定日期", 11))
_TO_FILL = (
    ReviewColumn(REMARK, 30, to_fill=True),
    ReviewColumn(UNTIL, 12, to_fill=True),
    ReviewColumn(OVERRULES, 6, to_fill=True),
)

OF_FINDINGS = ReviewForm(
    FINDINGS,
    OF_FINDING,
    (
        ReviewColumn(KEY, 20),
        ReviewColumn(SITE, 13),
        ReviewColumn("网站名称", 24),
        ReviewColumn("主办单位", 24),
        ReviewColumn("指标", 22),
        ReviewColumn("问题类型", 18),
        ReviewColumn("机器结论", 10),
        ReviewColumn("问题所在", 44),
        ReviewColumn("所在页面", 40),
        ReviewColumn("发现情况", 44),
        ReviewColumn("检查要求", 40),
        ReviewColumn("疑似内容", 40),
        ReviewColumn("证据", 40),
        ReviewColumn("留存页面", 12),
        *_BEFORE,
        ReviewColumn(DECISION, 10, to_fill=True),
        *_TO_FILL,
    ),
    (KEY, DECISION),
)

OF_ROWS = ReviewForm(
    ROWS,
    OF_ROW,
    (
        ReviewColumn(EDITION, 16),
        ReviewColumn(SITE, 13),
        ReviewColumn(ACCOUNT, 13),
        ReviewColumn("名称", 24),
        ReviewColumn("主办单位", 24),
        ReviewColumn(INDICATOR, 18),
        ReviewColumn("指标", 24),
        ReviewColumn("检查要求", 60),
        ReviewColumn("满分", 6),
        ReviewColumn("机器说明", 36),
        *_BEFORE,
        ReviewColumn(DECISION, 10, to_fill=True),
        ReviewColumn(POINTS, 7, to_fill=True),
        *_TO_FILL,
    ),
    (EDITION, INDICATOR, DECISION),
)

FORMS = (OF_FINDINGS, OF_ROWS)

INSTRUCTIONS = (
    "“问题”表每行是一个机器发现的问题，“人工检查项”表每行是一个须由人工判定的指标，都按紧要程度排列：先是涉及单项否决的待确认问题。只填浅黄色的列，其余各列供核对。",
    "判定（问题）：确认 = 情况属实；误报 = 机器看错了，不再计入；说明免计 = 情况属实但有正当理由，截止日期之前不计入。",
    "判定（人工检查项）：通过 / 不通过。扣分项可在“分值”填扣分数，加分项填得分数；不填则不通过为全扣，通过为不扣。",
    "说明：说明免计必须写明理由。截止日期：说明免计必填，写作2026年12月31日或2026-12-31；过期后问题重新计入。误报可不填。",
    "改判：他人已作出不同判定时，须在“改判”填“是”，否则整份文件不予导入。",
    "机器结论为“待确认”的问题，在有人确认之前不计入结果，也不写入通报。",
    "疑似内容：机器未能识别应有的内容，但页面上有这一处疑似；确有该内容的判“误报”，确实没有的判“确认”。",
    "留存页面：检查当时页面的留存，经过处理，不会运行其中的程序，也不会访问网络。",
    "同一文件夹的核定页面（扩展名为html）列有同样的问题和人工检查项，可在浏览器中逐个判定，保存的文件与本文件一样导入。",
    "不判定的行留空即可。可以增加列、移动列、筛选和排序；请勿修改表头和浅灰色的编号列。",
    "填完后交数据人员导入。有一处错误则整份不导入，并一次列出全部错误。",
)
