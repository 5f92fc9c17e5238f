"""Blocks as they are planted, one for each way to hide, and what benign pages hide; for tests and `make bench-text`."""

WORDS = (
    ("http://www.bjsc888.com/", "北京赛车pk10开奖"),
    ("http://www.xpj-6688.net/", "澳门新葡京官网"),
    ("http://www.ssc-kj.cc/", "时时彩平台注册"),
)
BORING = (
    ("https://www.chaoji-junshi.com/", "超级军事网"),
    ("https://www.xinbixia-wx.com/", "新笔下文学"),
    ("https://www.suzhou-jj.cn/", "苏州家教网"),
    ("https://www.tugongbu-sd.cn/", "土工布"),
    ("https://www.cc-yingyu.cn/", "长春英语培训"),
)


def anchors(links, style: str = "") -> str:
    given = f' style="{style}"' if style else ""
    return "\n".join(f'<a href="{url}"{given}>{text}</a>' for url, text in links)


def wrapped(style: str):
    return lambda links: f'<div style="{style}">{anchors(links)}</div>'


def by_sheet(rule: str):
    return lambda links: f'<style>.k9x{{{rule}}}</style><div class="k9x">{anchors(links)}</div>'


WAYS = {
    "display": wrapped("display:none"),
    "visibility": wrapped("visibility: hidden"),
    "opacity": wrapped("opacity:0"),
    "filter": wrapped("filter:alpha(opacity=0)"),
    "far": wrapped("position:absolute;left:-9999px;top:-9999px"),
    "margin": wrapped("margin-left:-5000px"),
    "indent": wrapped("text-indent:-9999px;overflow:hidden"),
    "size": wrapped("height:0px;overflow:hidden"),
    "one pixel": wrapped("width:1px;height:1px;overflow:hidden"),
    "max-height": wrapped("max-height:0;overflow:hidden"),
    "font": wrapped("font-size:0px"),
    "tiny font": lambda links: anchors(links, "font-size:1px"),
    "clip": wrapped("position:absolute;clip:rect(0,0,0,0)"),
    "clip-path": wrapped("clip-path:inset(100%)"),
    "layer": wrapped("position:absolute;z-index:-1"),
    "transform": wrapped("transform:scale(0)"),
    "line-height": wrapped("line-height:0;overflow:hidden;height:10px"),
    "colour": lambda links: f'<div style="background:#fff">{anchors(links, "color:#ffffff")}</div>',
    "colour of font": lambda links: (
        '<table bgcolor="#F5F5F5"><tr><td>'
        + "".join(f'<a href="{url}"><font color="#F5F5F5">{text}</font></a>' for url, text in links)
        + "</td></tr></table>"
    ),
    "transparent": lambda links: anchors(links, "color:transparent"),
    "rgba": lambda links: anchors(links, "color:rgba(0,0,0,0)"),
    "marquee": lambda links: f'<marquee height="1" width="1" scrollamount="3000">{anchors(links)}</marquee>',
    "fast marquee": lambda links: (
        f'<marquee scrollamount="10000" scrolldelay="60000">{anchors(links)}</marquee>'
    ),
    "marquee by style": lambda links: f'<marquee style="height:2px;width:3px">{anchors(links)}</marquee>',
    "fraction of a pixel": wrapped("font-size:0.01px"),
    "white on nothing": lambda links: anchors(links, "color:#FFF"),
    "sheet for screens": lambda links: (
        f"<style>@media screen{{.k9x{{position:absolute;left:-2000px}}}}</style><div class='k9x'>{anchors(links)}</div>"
    ),
    "hidden": lambda links: f"<div hidden>{anchors(links)}</div>",
    "noscript": lambda links: f"<noscript>{anchors(links)}</noscript>",
    "each by itself": lambda links: (
        "<ul>"
        + "".join(f'<li style="display:none"><a href="{url}">{text}</a></li>' for url, text in links)
        + "</ul>"
    ),
    "sheet display": by_sheet("display:none"),
    "sheet offscreen": by_sheet("position:absolute;left:-2000px"),
    "sheet indent": by_sheet("text-indent:-999em"),
    "sheet font": by_sheet("font-size:0"),
    "sheet clip": by_sheet("position:absolute;clip:rect(0 0 0 0)"),
    "sheet colour": by_sheet("background:#eee} .k9x a{color:#eee"),
    "hiding script": lambda links: (
        f'<div id="xx1">{anchors(links)}</div><script>document.getElementById("xx1").style.display="none"</script>'
    ),
    "written wrapper": lambda links: (
        f"<script>document.write('<div style=\"display:none\">')</script>{anchors(links)}<script>document.write('</div>')</script>"
    ),
    "written whole": lambda links: (
        '<script>document.write(\'<div style="display:none">'
        + anchors(links).replace("\n", "")
        + "</div>')</script>"
    ),
    "character codes": lambda links: (
        "<script>document.write(String.fromCharCode("
        + ",".join(str(ord(each)) for each in f'<div style="display:none">{anchors(links)}</div>')
        + "))</script>"
    ),
    "hex": lambda links: (
        '<script>document.write("'
        + "".join(
            f"\\x{ord(each):02x}" if ord(each) < 256 else f"\\u{ord(each):04x}"
            for each in f"<div style='display:none'>{anchors(links)}</div>"
        )
        + '")</script>'
    ),
    "comment": lambda links: (
        f'<div id="q"><!--{anchors(links)}--></div><script>var q=document.getElementById("q");'
        "for(var n=q.firstChild;n;n=n.nextSibling){if(n.nodeType==8){q.innerHTML=n.nodeValue}}</script>"
    ),
}
"""Name → what hides some links."""

OFFICE = '<a href="http://www.lanchuan.gov.cn/">岚川市人民政府</a>'
FIRMS = (
    ("http://www.lanchuan-water.com/", "岚川水务集团"),
    ("http://www.lanchuan-bus.com/", "岚川公交公司"),
    ("http://www.lc-gas.com.cn/", "岚川燃气"),
    ("http://www.lcbank.com/", "岚川银行"),
    ("http://www.lcxy.edu.cn/", "岚川学院"),
)

BENIGN = {
    "menu with a heading": f'<div class="yqlj"><h3>友情链接</h3><ul style="display:none">{anchors(FIRMS)}</ul></div>',
    "menu with a switch": (
        f'<li onmouseover="showMenu(1)"><span>市内企业</span><div id="m1" style="display:none">{anchors(FIRMS)}</div></li>'
    ),
    "menu a script names": (
        f'<div class="sub-nav" style="display:none">{anchors(FIRMS)}</div>'
        "<script>$('.nav li').hover(function(){$('.sub-nav').toggle()})</script>"
    ),
    "tabs": (
        f'<div class="hd"><span>政府</span><span>企业</span></div><div class="bd"><ul>{OFFICE}'
        '<a href="http://www.ah.gov.cn/">省政府</a></ul>'
        f'<ul style="display:none">{anchors(FIRMS)}</ul></div>'
    ),
    "aria": f'<div role="menu" aria-hidden="true" style="visibility:hidden">{anchors(FIRMS)}</div>',
    "share box": (
        '<div class="share" style="display:none"><a href="http://v.t.sina.com.cn/share/share.php" class="sina"></a>'
        '<a href="https://connect.qq.com/widget" class="qq"></a><a href="http://share.renren.com/" class="rr"></a></div>'
    ),
    "counter": '<span style="display:none"><script src="https://s4.cnzz.com/z_stat.php?id=125"></script></span>',
    "skip link": '<a href="#content" style="position:absolute;left:-9999px">跳到正文</a>',
    "print": '<style>@media print{.noprint{display:none}}</style><div class="noprint">'
    + anchors(FIRMS)
    + "</div>",
    "slides": (
        '<div class="slides"><div class="item"><a href="http://www.lcly.com/1"><img src="1.jpg"></a></div>'
        '<div class="item" style="display:none"><a href="http://www.lchz.com/2"><img src="2.jpg"></a></div>'
        '<div class="item" style="left:-1000px"><a href="http://www.lcjq.com/3"><img src="3.jpg"></a></div></div>'
    ),
    "dialog": (
        '<div class="modal" id="wx" style="display:none"><p>扫一扫</p><a href="http://www.lc-media.com/">岚川传媒</a></div>'
    ),
    "marks": (
        '<div style="display:none"><a href="http://bszs.conac.cn/sitename?method=show&id=1"><img src="m.png"></a></div>'
    ),
    "offices": '<div style="display:none">'
    + OFFICE * 12
    + '<a href="http://www.gov.cn/">中国政府网</a></div>',
    "phone menu": f'<div class="wap-nav" style="left:-300px;position:fixed"><a href="/a">首页</a>{OFFICE}</div>',
    "white on blue": f'<div style="background:#0055aa">{anchors(FIRMS, "color:#fff")}</div>',
    "no gaps between inline blocks": (
        f'<style>.row{{font-size:0}}.row a{{font-size:14px}}</style><div class="row">{anchors(FIRMS)}</div>'
    ),
    "pictures in place of words": (
        "<style>.logos a{text-indent:-9999px;display:block;background:url(logo.png) no-repeat}</style>"
        f'<div class="logos">{anchors(FIRMS)}</div>'
    ),
    "white on a ground of the sheet": (
        '<link rel="stylesheet" href="a.css"><div style="background:#fff"><div class="banner">'
        f"{anchors(FIRMS, 'color:#fff')}</div></div>"
    ),
    "links blue in a white block": f'<div style="background:#fff;color:#fff">{anchors(FIRMS)}</div>',
    "white on a picture": f'<table><tr><td background="bg.gif">{anchors(FIRMS, "color:#fff")}</td></tr></table>',
    "maker of the system": '<div style="display:none">Powered by <a href="http://www.dedecms.com/">DedeCMS</a></div>',
    "dropdown that grows": (
        "<style>.drop{transform:scale(0)}.nav:hover .drop{transform:scale(1)}</style>"
        f'<div class="nav"><span>相关企业</span><div class="drop">{anchors(FIRMS)}</div></div>'
    ),
    "empty links": '<p><a href="http://www.lc-tour.com/" target="_blank"></a>岚川旅游</p>',
    "conac": (
        "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript "
        "src='http://dcs.conac.cn/js/24/1.js' type='text/javascript'%3E%3C/script%3E\"));</script>"
    ),
    "statistics": (
        '<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");'
        'hm.src="https://hm.baidu.com/hm.js?1";var s=document.getElementsByTagName("script")[0];'
        "s.parentNode.insertBefore(hm,s)})();</script>"
    ),
    "own phone page": (
        "<script>if(/Android|iPhone|Mobile/i.test(navigator.userAgent)){location.href='http://m.lanchuan.gov.cn/'}</script>"
    ),
}
"""Name → what an honest page hides, or does by script."""
