"""The Chinese phrases of outcomes, link faults, certificates, tampering and other words of the data, for checks and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.words.wording import Words
from govcrawl.records.barrier_words import BarrierAspect
from govcrawl.records.outcomes import Outcome, StandIn
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    import pandas as pd

BASIS_ATTEMPTS = "依据{span}的{n}次监测"
BASIS_VISITS = "依据近{days}日内{n}次读取({on})"
BASIS_NONE = "近{days}日内未读取"

OUTCOMES = Words(
    "outcome",
    {
        Outcome.OK: "正常打开",
        Outcome.REDIRECT_OFFSITE: "跳转至其他网站",
        Outcome.NOT_FOUND: "页面不存在",
        Outcome.GONE: "页面已删除",
        Outcome.CLIENT_ERROR: "无法正常打开",
        Outcome.SERVER_ERROR: "服务器内部错误",
        Outcome.DNS_FAILURE: "域名无法解析",
        Outcome.REFUSED: "服务器拒绝访问",
        Outcome.RESET: "连接被中断",
        Outcome.TIMEOUT: "访问超时",
        Outcome.TLS_ERROR: "安全证书错误",
        Outcome.REDIRECT_LOOP: "重复跳转无法打开",
        Outcome.TOO_LARGE: "文件过大",
        Outcome.EMPTY: "页面空白",
        Outcome.SOFT_NOT_FOUND: "打开的不是所指内容,而是替代页面",
        Outcome.BLOCKED: "被防护设备拦截",
        Outcome.ROBOTS_DENIED: "网站设置不允许自动访问,或访问规则未能读取",
        Outcome.BUDGET_SPENT: "未能访问完毕",
        Outcome.RENDER_FAILED: "页面未能完整显示",
        Outcome.NOT_ATTEMPTED: "未访问",
        Outcome.OTHER: "其他原因未能访问",
    },
)

STAND_INS = Words(
    "stand_in",
    {
        StandIn.SAYS_NONE: "打开的页面提示所访问的内容不存在",
        StandIn.SAME_FOR_ANY: "打开的页面与访问不存在的网址时显示的相同",
        StandIn.FRONT_PAGE: "打开的是该网站首页,访问不存在的网址时也显示首页",
        StandIn.NOT_THE_FILE: "打开的不是所指类型的文件,而是网页或文字",
    },
)
"""What was seen where `soft_not_found` is all that the outcome says."""

READ_STATES = Words(
    "read_state",
    {
        ReadState.READ: "已读取",
        ReadState.NOTHING_SHOWN: "页面未显示可读内容",
        ReadState.UNREADABLE: "页面未能解析",
        ReadState.CUT: "页面未能读完",
        ReadState.NOT_A_PAGE: "返回的不是网页",
    },
)

WRONG = Words(
    "wrong",
    {
        "intranet": "内网地址",
        "loopback": "本机地址",
        "file": "本地文件地址",
        "drive": "本地磁盘路径",
        "doubled_scheme": "网址前缀重复",
        "empty": "链接地址为空",
        "script": "网址由脚本拼接错误",
        "malformed": "地址格式错误",
        "parked": "域名已出售、停放或过期",
    },
)

FOOTER = Words(
    "footer",
    {
        "party_mark": "党政机关网站标识",
        "site_code": "网站标识码",
        "icp": "ICP备案编号",
        "police_record": "公安机关备案标识",
        "unit": "网站主办单位",
        "contact": "联系方式",
    },
)

CERTIFICATE = Words(
    "certificate",
    {
        "expired": "已过期",
        "not_yet_valid": "尚未生效",
        "self_signed": "为自签名证书",
        "unknown_authority": "不能追溯到受信任的机构",
        "revoked": "已被吊销",
        "other_name": "与域名不符",
        "other": "不被认可",
    },
)

PLANTED_KIND = Words(
    "planted_kind",
    {
        "hidden": "隐藏链接",
        "shown": "链接",
        "title": "标题",
        "keywords": "关键词",
        "description": "描述",
        "text": "正文",
        "script": "脚本",
    },
)

PLANTED_WAY = Words(
    "planted_way",
    {
        "display": "样式设为不显示",
        "visibility": "样式设为不可见",
        "hidden": "标记为隐藏",
        "opacity": "完全透明",
        "filter": "滤镜使其完全透明",
        "font": "字号为零或极小",
        "indent": "文字移出屏幕",
        "offscreen": "位置在屏幕以外",
        "far": "位置远在屏幕以外",
        "clip": "被裁剪",
        "size": "显示区域不足一个像素",
        "flat": "行高为零",
        "colour": "文字与背景同色或透明",
        "layer": "置于页面下层",
        "transform": "缩小或移出屏幕",
        "marquee": "滚动区域极小或极快",
        "empty": "链接没有可见文字",
        "noscript": "仅在停用脚本时显示",
        "template": "放在不显示的模板中",
        "frame": "嵌入不可见的框架",
        "script": "由脚本隐藏或写入",
        "written": "由脚本写入页面",
        "comment": "写在注释中,由脚本还原",
        "plain": "页面原文",
        "encoded": "以编码形式书写",
        "referrer": "脚本识别来自搜索引擎的访问",
        "spider": "脚本识别搜索引擎",
        "phone": "脚本识别手机",
        "back": "脚本劫持返回按钮",
    },
)

PLANTED_DOUBT = Words(
    "planted_doubt",
    {
        "few": "隐藏的站外链接数量较少,也没有不良词语,请核实是否由本单位放置",
        "named": "隐藏区域带有名称,可能是点击后显示的菜单,请核实",
        "menu": "可能是点击后显示的菜单",
        "new": "与上次读取相比,页面新出现隐藏的站外链接,请核实是否由本单位放置",
        "encoded": "以编码形式书写,未见不良词语,请核实用途",
        "script_host": "以前没有从该处载入脚本,其他网站也没有,请核实是否由本单位添加",
        "phone": "手机访问时转往站外地址,请核实是否为本单位的移动版",
        "word": "链接文字带有可疑词语,指向与网站无关的地址,请核实是否由本单位放置",
        "new_owner": "链接所指网站的证书和标题都已改变,可能已由他人使用,请核实",
        "site_file": "供搜索引擎读取的文件指向与网站无关的地址或含有不良词语,请核实是否由本单位设置",
    },
)

DANGLING = "(为本网站域名下的子域名,应一并清理域名解析)"

SITE_FILE = Words(
    "site_file",
    {
        "robots.txt": "爬虫协议文件(robots.txt)",
        "sitemap.xml": "网站地图文件(sitemap.xml)",
        "BingSiteAuth.xml": "必应站长验证文件",
        "sogousiteverification.txt": "搜狗站长验证文件",
        "verification": "首页上的站长验证标记",
    },
)

CHANNEL = Words(
    "channel",
    {
        "spider": "以搜索引擎身份访问",
        "referrer": "从搜索结果进入",
        "phone": "用手机访问",
        "second-visit": "再次访问",
        "unknown-path": "访问不存在的地址",
    },
)

VISITOR = Words(
    "visitor",
    {
        "browser": "普通浏览器",
        "spider": "搜索引擎身份",
        "referrer": "来自搜索结果",
        "phone": "手机",
        "second-visit": "带有上次访问的标记",
    },
)

FACE_DIFFERS = Words(
    "face_differs",
    {
        "moved": "被转往其他网站",
        "spam": "显示普通访问者看不到的不良词语",
        "links": "显示普通访问者看不到的站外链接",
        "text": "显示与普通访问完全不同的页面",
        "title": "显示与普通访问完全不同的标题",
        "alone": "显示页面,而普通访问时该地址不存在",
    },
)

FACE_DOUBT = "内容与普通访问不同,但未见不良信息,请核实是否为本单位设置"

SPAM = Words(
    "spam",
    {
        "gambling": "赌博",
        "pornography": "色情",
        "medicine": "违规医药",
        "loans": "违规贷款",
        "papers": "虚假证件票据",
        "servers": "私服外挂",
    },
)

TICKET_ENTRY = "“我为政府网站找错”入口"

BARRIER = {
    BarrierAspect.ALTERNATIVE: "图片等非文本内容没有替代文本",
    BarrierAspect.LABEL: "控件、链接没有名称",
    BarrierAspect.LANGUAGE: "网页没有标明语言或标注有误",
    BarrierAspect.CONTRAST: "文字与背景对比度不足",
    BarrierAspect.KEYBOARD: "只能用鼠标操作",
}
"""Aspect of a barrier → what was found, before the number of places."""

FOR_PEOPLE = "须由人工检查"  # begins what a reason leaves to people; it is the last part
NOTE = "注:"  # words of a check that begin so stand in the reason of every row it decides
HOME, ELSEWHERE = "首页", "其他页面"  # where a link stands
CONTENT, SECTION = "内容页", "栏目页"  # what kind of page
SITE, PROBE = "网站", "探测"  # a site as a whole, and each attempt to open it
UNUSABLE, NOT_FOUND = "不可用", "找不到"  # a search as a whole, and a title it does not find

GUIDE = Words(
    "guide",
    {
        "item_name": "事项名称",
        "basis": "设定依据",
        "conditions": "申请条件",
        "materials": "办理材料",
        "place": "办理地点",
        "time": "办理时间",
        "telephone": "联系电话",
        "process": "办理流程",
        "agency": "办理机构",
        "fee": "收费标准",
    },
)

INTERPRETER = Words("interpreter", {"unit": "解读单位", "person": "解读人", "telephone": "联系电话"})

GUIDES_WHOLE, GUIDES_UNREAD, GUIDES_ALL_POOR = "要素齐全", "未能识别", "全部缺项较多"
_MISSING = tuple(f"抽查·缺{number}类" for number in range(1, 10))
_NOT_DRAWN = ("未抽中·缺项较少", "未抽中·缺项较多")


def guide_category(missing: int, *, sampled: bool, poor: bool) -> str:
    """How a guide is filed: one of the sample by how many classes it lacks, any other by whether it is poor."""
    if sampled:
        return _MISSING[max(1, min(missing, len(_MISSING))) - 1]
    return _NOT_DRAWN[poor]


UNLINKED_INTERPRETATION, UNLINKED_DOCUMENT = "解读未关联文件", "文件未关联解读"
HELD, RESULT_DUE = "一年内开展", "征集结束"  # consultations, and those whose result is due

UNFILED, TOO_LOW, NO_COMPLAINTS, DORMANT = APP_CATEGORIES = (
    "未备案",
    "县级以下开设",
    "无投诉举报入口",
    "长期未更新",
)
"""What app-nonconforming files a fault under."""

OTHER_CATEGORIES = (
    *(
        HOME,
        ELSEWHERE,
        CONTENT,
        SECTION,
        SITE,
        PROBE,
        UNUSABLE,
        NOT_FOUND,
        GUIDES_WHOLE,
        GUIDES_UNREAD,
        GUIDES_ALL_POOR,
    ),
    *APP_CATEGORIES,
    *(*_MISSING, *_NOT_DRAWN, UNLINKED_INTERPRETATION, UNLINKED_DOCUMENT, HELD, RESULT_DUE),
)
"""Words checks file faults under, beside the classes of sections; an edition may name no other."""


def read_state_words(states: pd.Series[str]) -> pd.Series[str]:
    """What came of each page that did come; in folders that do not say, it was read."""
    return READ_STATES.of(states.fillna(ReadState.READ))


def outcome_words(outcomes: pd.Series[str]) -> pd.Series[str]:
    """The phrase of each outcome; a missing outcome was never visited."""
    return OUTCOMES.of(outcomes.fillna(Outcome.NOT_ATTEMPTED))


def answer_words(outcomes: pd.Series[str], stand_ins: pd.Series[str]) -> pd.Series[str]:
    """The phrase of each outcome; of a page in place of another what was seen of it, where somebody noted that."""
    seen = outcomes.eq(Outcome.SOFT_NOT_FOUND) & stand_ins.notna()
    return outcome_words(outcomes).mask(seen, STAND_INS.of(stand_ins))


def failed_words(words: str) -> str:
    """Why visits to a home page failed: outcome words with blanks between; `slow` opened, but too late."""
    return "、".join("打开时间超过限值" if word == "slow" else OUTCOMES[word] for word in words.split())
