"""Invented Chinese for titles and articles: the same seed gives the same words."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

TOPICS = (
    "营商环境优化", "乡村道路提升", "秋冬季森林防火", "城乡供水一体化", "老旧小区改造", "义务教育优质均衡",
    "社区养老服务", "中小企业纾困", "河湖长制", "高标准农田建设", "公共文化服务", "数字政务建设", "安全生产治理",
    "就业创业服务", "生态环境保护", "基层治理创新", "医疗卫生服务能力提升", "防汛抗旱准备", "重点项目建设", "普法宣传",
)  # fmt: skip
PEOPLE = ("分管负责同志", "有关负责人", "工作专班", "督导组", "调研组", "党组")
PLACES = (
    "青檀县",
    "石渡县",
    "柳塬县",
    "望岫区",
    "白藤区",
    "高新区",
    "云岭镇",
    "渡口街道",
    "松湾村",
    "杏林社区",
)

_NEWS = (
    "{unit}召开{topic}工作推进会", "{unit}{people}赴{place}调研{topic}工作", "我市{topic}工作取得阶段性成效",
    "{place}扎实推进{topic}", "{unit}举办{topic}专题培训班", "{topic}“回头看”工作在{place}启动",
    "{unit}开展{topic}主题宣传活动", "{place}：{topic}惠及千家万户",
)  # fmt: skip
_NOTICES = (
    "关于开展{topic}专项检查的公告", "{unit}关于{topic}项目公开招标的公告", "关于{place}{topic}拟支持名单的公示",
    "{unit}关于调整{topic}服务窗口办公时间的通知", "关于征集{topic}意见建议的公告",
)  # fmt: skip
_POLICIES = (
    "{unit}关于印发《{topic}实施方案》的通知", "{unit}关于印发《{topic}三年行动计划》的通知",
    "{unit}关于进一步做好{topic}工作的意见", "{unit}关于废止部分{topic}文件的决定",
)  # fmt: skip
_READINGS = ("《{topic}实施方案》政策解读", "一图读懂：{topic}三年行动计划", "{people}就{topic}政策答记者问")
_PERSONNEL = ("{unit}公开招聘工作人员公告（第{no}批）", "关于{place}事业单位拟聘用人员的公示（第{no}批）")
_PLANS = ("{topic}“十五五”专项规划", "{unit}{topic}年度工作计划", "{place}{topic}空间布局规划")
_FIGURES = ("{place}{topic}统计公报", "全市{topic}主要指标完成情况", "{unit}部门预算及{topic}绩效说明")
_GUIDES = ("{topic}补贴申领", "{topic}项目备案", "{topic}资格认定", "{topic}信息查询服务")
_DRAFTS = (
    "关于公开征求《岚川市{topic}管理办法（征求意见稿）》意见的公告", "《岚川市{topic}条例（草案）》公开征求意见",
)  # fmt: skip
_LETTERS = (
    "关于{place}{topic}的咨询",
    "{place}{topic}有关问题",
    "反映{place}路灯不亮的问题",
    "咨询{topic}补贴办理",
)
_OTHER = ("{topic}办事流程说明", "{place}{topic}情况介绍", "{unit}{topic}专题报道")

TITLES = {
    "动态要闻": _NEWS,
    "通知公告": _NOTICES,
    "政策文件": _POLICIES,
    "政策解读": _READINGS,
    "人事信息": _PERSONNEL,
    "规划计划": _PLANS,
    "统计信息": _FIGURES,
    "财政信息": _FIGURES,
    "数据发布": _FIGURES,
    "办事指南": _GUIDES,
    "调查征集": _DRAFTS,
    "政务咨询": _LETTERS,
}

_SENTENCES = (
    "会议指出，{topic}事关群众切身利益，要提高站位、压实责任，把各项任务落到实处。",
    "会议要求，各有关单位要对照任务清单，逐项明确时限、责任人和具体举措，确保按期完成。",
    "在{place}，{people}实地察看项目进展，详细了解{topic}推进中遇到的困难和问题。",
    "据了解，今年以来全市围绕{topic}累计实施项目{n}个，投入资金{m}万元，受益群众{k}余人次。",
    "下一步，将持续完善工作机制，加强部门协同，推动{topic}向纵深发展。",
    "{people}表示，将以此次活动为契机，进一步增强服务意识，提升服务质效。",
    "现场还向群众发放宣传资料{n}份，解答咨询{k}人次，取得良好成效。",
    "要坚持问题导向，建立台账、销号管理，做到件件有着落、事事有回音。",
    "各地要因地制宜探索{topic}有效路径，及时总结推广可复制的经验做法。",
    "要强化督促检查，将{topic}纳入年度综合考核，定期调度、按月通报。",
)


def section_title(section_class: str, unit: str, key: str) -> str:
    """An entry's title; `key` names the entry, so the title never changes."""
    dice = random.Random(f"title:{key}")
    pattern = dice.choice(TITLES.get(section_class, _OTHER))
    return pattern.format(
        unit=unit,
        topic=dice.choice(TOPICS),
        place=dice.choice(PLACES),
        people=dice.choice(PEOPLE),
        no=dice.randint(1, 9),
    )


def paragraphs(key: str) -> list[str]:
    """The body of an article, three to eight paragraphs."""
    dice = random.Random(f"body:{key}")
    topic = dice.choice(TOPICS)

    def sentence() -> str:
        return dice.choice(_SENTENCES).format(
            topic=topic,
            place=dice.choice(PLACES),
            people=dice.choice(PEOPLE),
            n=dice.randint(3, 90),
            m=dice.randint(100, 9000),
            k=dice.randint(200, 8000),
        )

    return ["".join(sentence() for _ in range(dice.randint(2, 5))) for _ in range(dice.randint(3, 8))]


def document_number(short: str, day: date, key: str) -> str:
    return f"{short}〔{day.year}〕{random.Random(f'number:{key}').randint(1, 98)}号"


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    return "星期" + "一二三四五六日"[day.weekday()]
