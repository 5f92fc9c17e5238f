"""Hosts outside the prefecture that its pages point to, and how they answer."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from functools import cache

LOOPBACK = "127.0.0.1"
LOOPBACK_6 = "::1"
MEDIA = "media.lanchuan-news.cn"  # where the accounts of the prefecture have their feeds


@cache
def has_ipv6() -> bool:
    """Whether this machine lets anything listen on its loopback address of IPv6."""
    try:
        with socket.create_server((LOOPBACK_6, 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How a foreign host answers whatever it is asked."""

    host: str
    behaviour: str = "ok"  # ok not_found ailing forbidden refused
    body: str = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{host}</title></head><body><h1>{host}</h1><p>欢迎访问。本页面内容由该单位负责维护，更多信息请查看各栏目。</p><p>{text}</p></body></html>"


_FOR_SALE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{host} 域名出售</title></head><body>"
    "<h1>{host}</h1><p>您访问的域名正在出售，有意者请联系经纪人报价。</p></body></html>"
)

_GAMBLING = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>澳门新葡京官网_时时彩平台注册</title></head><body><h1>{host}</h1><p>真人娱乐，"
    "注册送彩金。</p></body></html>"
)

# The registers a footer must point to are real names: nothing else would be recognised as what it is.
# The resolve file sends them to loopback like all others, so no packet leaves the machine.
REGISTERS = (
    Elsewhere("beian.miit.gov.cn"),
    Elsewhere("www.beian.gov.cn"),
    Elsewhere("bszs.conac.cn"),
    Elsewhere("dcs.conac.cn"),
    Elsewhere("zfwzgl.www.gov.cn"),
)

ENGINE = "so.xiyan.gov.cn"  # the search of the whole province, which some sites use as their own

NEIGHBOURS = (
    Elsewhere(ENGINE),
    Elsewhere(MEDIA),
    Elsewhere("www.lanchuan-shop.cn"),
    Elsewhere("www.xiyan.gov.cn"),
    Elsewhere("zwfw.xiyan.gov.cn"),
    Elsewhere("www.lanchuan-news.cn"),
    Elsewhere("www.lanchuan-travel.cn", "not_found"),
    Elsewhere("www.lanchuan-expo.cn", "refused"),
    Elsewhere("www.lanchuan-video.cn", "forbidden"),
    Elsewhere("www.lanchuan-weather.cn", "ailing"),
    Elsewhere("www.lanchuan-huahui.cn", body=_FOR_SALE),
    Elsewhere("www.lanchuan-yundonghui.cn", body=_GAMBLING),
)

ELSEWHERE = {host.host: host for host in REGISTERS + NEIGHBOURS}

FRIENDS = (
    ("西岩省人民政府", "http://www.xiyan.gov.cn/"),
    ("西岩政务服务网", "https://zwfw.xiyan.gov.cn/"),
    ("岚川市人民政府", "http://www.lanchuan.gov.cn/"),
    ("岚川新闻网", "http://www.lanchuan-news.cn/"),
)
