"""The registry as the prefecture's office keeps it: several people, several programs, several habits.

sites.csv UTF-8 with BOM and English headers, sections.csv GB18030 with Chinese headers, accounts.xlsx,
units.csv with both kinds of headers, the others as they come.
"""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import xlsxwriter

from tests.govweb.confession import sites
from tests.govweb.elsewhere import MEDIA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.govweb.confession import Site

PROVINCE, OFFICE = "省人民政府办公厅", "岚川市人民政府办公室"
VERTICAL = {"岚川市市场监督管理局": "省市场监督管理局"}  # unit → who leads it
ALIASES = {"岚川市农业农村局": "市农委"}

_REQUIRED = ("动态要闻", "通知公告", "政策文件", "政策解读")  # of every portal, by the office's content plan
_PLATFORMS = {"微信公众号": "wx", "微博": "wb", "移动客户端": "app", "抖音": "dy"}
_IDLE = {
    3: 40,
    9: 75,
    15: 21,
    20: 400,
    6: 90,
    11: 90,
}  # account number → days without a post, as the office knows
_FED = {6: 2, 11: 33, 17: 20}  # account number → days without a post, as its feed shows on any day
_ACCOUNTS = 24
_TERM = 14  # days an account may stand without a post
_QUARTER = 92  # more days than three months have
_APPS = {
    2: ("无", "同网站"),
    10: ("有", "无"),
}  # account number → what an app has of a filing number and of a way to complain
_BLANK = 14  # an app of which the office has filled in neither: a gap, and no fault


def _identity(number: int) -> str:
    units = len(sites())
    platform = list(_PLATFORMS)[number % 4 if number < units else 0]
    return f"{_PLATFORMS[platform]}-{number + 1:03d}"


def accounts_at_fault() -> list[tuple[str, str]]:
    """Check and account: without a post for too long (a feed may know of one the office has not heard of), one too many
    of its unit on its platform, or an app that is not as the rules of 2026 want it."""
    last = {number: min(idle, _FED.get(number, idle)) for number, idle in _IDLE.items()}
    return [
        *(("account-stale", _identity(number)) for number, idle in last.items() if idle > _TERM),
        *(("account-silent", _identity(number)) for number, idle in last.items() if idle > _QUARTER),
        *(("account-duplicate", identity) for identity in _several()),
        *(("app-nonconforming", _identity(number)) for number in _APPS),
    ]


def _several() -> list[str]:
    """Accounts that share unit and platform with another."""
    units = [site.unit for site in sites()]
    places: dict[tuple[str, str], list[str]] = {}
    for number in range(_ACCOUNTS):
        identity = _identity(number)
        kind = identity.partition("-")[0]
        if kind != "app":
            places.setdefault((units[number % len(units)], kind), []).append(identity)
    return [identity for same in places.values() if len(same) > 1 for identity in same]


def write_registry(folder: Path, day: date) -> None:
    """Every file of the registry as it stands on `day`."""
    folder.mkdir(parents=True, exist_ok=True)
    _csv(folder / "sites.csv", _sites(), encoding="utf-8-sig")
    _csv(folder / "sections.csv", _sections(), encoding="gb18030")
    _csv(folder / "units.csv", _units(), encoding="utf-8")
    _xlsx(folder / "accounts.xlsx", _accounts(day))
    _csv(folder / "tickets.csv", _tickets(day), encoding="gb18030")
    _csv(folder / "messages.csv", _messages(day), encoding="utf-8")
    _csv(folder / "approved_links.csv", _approved(day), encoding="utf-8-sig")
    _csv(folder / "submissions.csv", _submissions(day), encoding="utf-8")
    _csv(folder / "self_checks.csv", _self_checks(day), encoding="gb18030")
    _csv(folder / "spot_checks.csv", _spot_checks(day), encoding="utf-8-sig")
    _csv(folder / "reprimands.csv", _reprimands(day), encoding="gb18030")


def _csv(path: Path, rows: list[list[str]], *, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _xlsx(path: Path, rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("政务新媒体")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def _sites() -> list[list[str]]:
    head = [
        "site_code",
        "name",
        "home_url",
        "unit",
        "region_code",
        "level",
        "kind",
        "status",
        "has_services",
        "render",
    ]
    return [head] + [
        [
            site.site_code,
            site.name,
            site.home_url,
            site.unit,
            site.region_code,
            site.level,
            site.kind,
            site.status,
            "是" if site.has_services else "否",
            site.render,
        ]
        for site in sites()
    ]


def _sections() -> list[list[str]]:
    """What stands on the sites, and what the office demands of them and they do not have (`unopened`)."""
    head = [
        *(
            "网站标识码",
            "栏目名称",
            "栏目网址",
            "栏目类别",
            "级别",
            "更新期限",
            "条目选择器",
            "必设栏目",
            "最少条数",
        ),
    ]
    built = [
        [
            site.site_code,
            section.name,
            f"{site.home_url.rstrip('/')}{section.path}",
            section.section_class,
            section.rank,
            str(section.update_days or ""),
            "",
            "是" if section.required or (site.kind == "门户" and section.section_class in _REQUIRED) else "",
            str(section.min_entries or ""),
        ]
        for site in sites()
        for section in site.sections
    ]
    demanded = [
        [
            site.site_code,
            fault.options["name"],
            f"{site.home_url.rstrip('/')}{fault.options['path']}" if "path" in fault.options else "",
            fault.options["class"],
            *("一级", "", "", "是", ""),
        ]
        for site in sites()
        for fault in site.faults
        if fault.kind == "unopened"
    ]
    return [head, *built, *demanded]


def _units() -> list[list[str]]:
    """Each unit once: those of a county below its office, the market supervision led from the province (垂直管理)."""
    head = ["单位名称", "上级单位", "region_code", "联系人", "phone", "垂直管理", "简称", "单位性质"]
    county_offices = {
        site.region_code: site.unit for site in sites() if (site.level, site.kind) == ("县", "门户")
    }
    parents = {
        site.unit: VERTICAL.get(site.unit) or county_offices.get(site.region_code, OFFICE) for site in sites()
    }
    parents |= dict.fromkeys(county_offices.values(), OFFICE) | {OFFICE: PROVINCE}
    codes = {site.unit: site.region_code for site in sites()}
    names = list(dict.fromkeys([PROVINCE, *VERTICAL.values(), *parents]))
    return [head] + [
        [
            name,
            parents.get(name, PROVINCE if name != PROVINCE else ""),
            codes.get(name, ""),
            f"{'李王张刘陈杨'[at % 6]}同志",
            f"0999-86{10000 + at:05d}",
            "是" if name in VERTICAL else "否",
            ALIASES.get(name, ""),
            "机关",
        ]
        for at, name in enumerate(names)
    ]


def _accounts(day: date) -> list[list[str]]:
    units = [site.unit for site in sites()]
    rows = [
        [
            "账号标识",
            "平台",
            "账号名称",
            "主办单位",
            "账号网址",
            "订阅地址",
            "最近更新日期",
            "账号类型",
            "层级",
            "备案编号",
            "投诉举报入口",
        ]
    ]
    levels = {site.unit: site.level for site in reversed(sites())}  # of its first site, where it runs several
    platforms = list(_PLATFORMS)
    for number in range(_ACCOUNTS):
        unit = units[number % len(units)]
        platform = platforms[number % 4 if number < len(units) else 0]
        idle = _IDLE.get(number, number % 6)
        identity = _identity(number)
        rows.append([
            identity,
            platform,
            f"{unit.removeprefix('岚川市')}{'发布' if platform != '移动客户端' else '通'}",
            unit,
            f"https://media.lanchuan-news.cn/{identity}",
            f"http://{MEDIA}/feed/{_FED[number]}.xml" if number in _FED else "",
            str(day - timedelta(days=idle)),
            *(_app(number, levels[unit]) if platform == "移动客户端" else ("", "", "", "")),
        ])  # fmt: skip
    return rows


def _app(number: int, level: str) -> tuple[str, str, str, str]:
    """Kind, level, filing number and way to complain of an app."""
    if number == _BLANK:
        return "移动客户端", level, "", ""
    filed, complaints = _APPS.get(number, ("有", "有"))
    return (
        "移动客户端",
        level,
        "无" if filed == "无" else f"皖政务APP备{2026000 + number}号",
        "无" if complaints == "无" else "https://zwfw.xiyan.gov.cn/12345/",
    )


def _stamp(day: date, days: int, clock: str) -> str:
    return f"{day - timedelta(days=days)} {clock}"


def _tickets(day: date) -> list[list[str]]:
    rows = [["编号", "网站标识码", "收到时间", "答复时间", "办理状态", "内容"]]
    dice = random.Random("tickets")
    codes = [site.site_code for site in sites() if site.status != "关停"]
    for number in range(14):
        received = 0 if number == 11 else dice.randint(3, 60)
        answered = "" if number == 11 else _stamp(day, received - dice.randint(0, 2), "16:20")
        rows.append([
            f"JC{day.year}{number + 1:04d}", codes[number % len(codes)], _stamp(day, received, "09:15"), answered,
            "办理中" if not answered else "已办结", "页面中“联系电话”一栏的号码打不通，请核实。",
        ])  # fmt: skip
    return rows + _confessed("ticket", day)


def _messages(day: date) -> list[list[str]]:
    rows = [["id", "site_code", "received_at", "answered_at", "status", "content"]]
    dice = random.Random("messages")
    codes = [site.site_code for site in sites() if site.status != "关停" and not _shows_letters(site)]
    for number in range(30):
        received = dice.randint(5, 300)
        waiting = number == 7
        if waiting:
            received = 40
        rows.append([
            f"LY{number + 1:05d}", codes[(number * 5) % len(codes)],
            f"{day - timedelta(days=received)}T10:02:00+08:00",
            "" if waiting else f"{day - timedelta(days=max(received - dice.randint(1, 9), 0))} 15:40",
            "未答复" if waiting else "已答复", "请问办理居住证明需要携带哪些材料？\n工作日中午是否办理？",
        ])  # fmt: skip
    return rows + _confessed("message", day)


def _shows_letters(site: Site) -> bool:
    """Whether a site lists its letters itself: the office imports none of those."""
    return any(section.section_class == "政务咨询" for section in site.sections)


def _confessed(kind: str, day: date) -> list[list[str]]:
    """Letters that sites confess: days since each was received, and since it was answered."""
    return [
        [
            fault.options["id"],
            site.site_code,
            _stamp(day, fault.options["received"], "10:30"),
            _stamp(day, fault.options["answered"], "16:40") if "answered" in fault.options else "",
            "已办结" if "answered" in fault.options else "办理中",
            "网站首页的办公电话有误，请核实。",
        ]
        for site in sites()
        for fault in site.faults
        if fault.kind == kind
    ]


def _approved(day: date) -> list[list[str]]:
    return [
        ["域名", "site_code", "审批人", "审批日期"],
        ["xiyan.gov.cn", "", "办公室", str(day - timedelta(days=400))],
        ["lanchuan-news.cn", "", "办公室", str(day - timedelta(days=380))],
        *[
            [f"lanchuan-{name}.cn", "", "办公室", str(day - timedelta(days=300))]
            for name in ("travel", "expo", "video", "weather", "huahui", "ditu")
        ],
    ]


def _submissions(day: date) -> list[list[str]]:
    month = (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    units = list(dict.fromkeys(site.unit for site in sites()))
    return [["报送单位", "月份", "报送数量"]] + [
        [unit, month, str(3 + at * 7 % 23)] for at, unit in enumerate(units)
    ]


def _self_checks(day: date) -> list[list[str]]:
    """Every county finds itself in order; one says so of a row as well."""
    portals = [site for site in sites() if (site.level, site.kind) == ("县", "门户")]
    return [["网站标识码", "指标编号", "结论", "自查得分", "自查日期", "填报人"]] + [
        [site.site_code, "", "合格", str(88 + at), str(day - timedelta(days=20)), "信息科"]
        for at, site in enumerate(portals)
    ] + [[portals[0].site_code, "veto-sections-stale", "合格", "", str(day - timedelta(days=20)), "信息科"]]  # fmt: skip


def _spot_checks(day: date) -> list[list[str]]:
    portal = next(site for site in sites() if site.kind == "门户" and site.level == "市")
    return [
        ["site_code", "结论", "抽查得分", "checked_on", "检查人"],
        [portal.site_code, "合格", "91.5", str(day - timedelta(days=3)), "抽查组"],
    ]


def _reprimands(day: date) -> list[list[str]]:
    unit = next(site.unit for site in sites() if site.kind == "部门")
    return [
        ["被问责单位", "问责日期", "问责方式", "人次"],
        [unit, str(day - timedelta(days=1)), "约谈", "1"],
        [unit, str(day - timedelta(days=90)), "通报批评", "2"],
    ]


def write_campaign(path: Path, as_of: date, number: int) -> None:
    """What only the office knows of a circular: whose it is, its number, by when faults must be mended."""
    units = ["各县（区）人民政府", "市政府有关部门"]
    basis = [
        "《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）",
        "《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）",
    ]
    deadline = as_of + timedelta(days=14)
    path.write_text(
        f"""issuer = "{OFFICE}"
number = "岚政办通〔{as_of.year}〕{number}号"
region = "全市"
period = "{as_of.year}年{as_of.month}月{as_of.day}日"
recipients = {json.dumps(units, ensure_ascii=False)}
legal_basis = {json.dumps(basis, ensure_ascii=False)}
deadline_on = {deadline}
report_to = "市政府办公室政务公开科"
contact = "王同志"
phone = "0999-8610000"
signed_on = {as_of}
publicity = "此件公开发布"
copied_to = ["省政府办公厅", "市委办公室"]
method = "技术监测"
praise = true
""",
        encoding="utf-8",
    )
