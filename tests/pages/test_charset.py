"""The text of a page is what its bytes say, whatever the page claims about them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.markup.charset import decode

SENTENCE = "关于印发《虚构市数字政府建设三年行动计划》的通知，各区人民政府、市直各单位认真贯彻执行。"
TRADITIONAL = "關於印發數位政府建設三年行動計畫的通知，請各單位認真貫徹執行，並於規定期限內回報。"


def page(text: str, meta: str | None = None) -> str:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    return f"<html><head>{declared}<title>{text}</title></head><body><p>{text}</p></body></html>"


def test_case_a_gbk_that_says_gb2312() -> None:
    decoded = decode(page(SENTENCE, "gb2312").encode("gbk"), "text/html")
    assert SENTENCE in decoded.text
    assert (decoded.declared, decoded.used) == ("gb2312", "gb18030")


def test_case_b_utf8_whose_meta_says_gb2312() -> None:
    decoded = decode(page(SENTENCE, "gb2312").encode(), "text/html")
    assert SENTENCE in decoded.text
    assert (decoded.declared, decoded.used) == ("gb2312", "utf-8")


def test_case_c_utf8_whose_header_says_gb2312() -> None:
    decoded = decode(page(SENTENCE).encode(), "text/html; charset=GB2312")
    assert SENTENCE in decoded.text
    assert (decoded.declared, decoded.used) == ("gb2312", "utf-8")


def test_case_d_gbk_whose_header_says_utf8() -> None:
    decoded = decode(page(SENTENCE).encode("gbk"), "text/html; charset=utf-8")
    assert SENTENCE in decoded.text
    assert (decoded.declared, decoded.used) == ("utf-8", "gb18030")


def test_case_e_gbk_that_says_nothing() -> None:
    decoded = decode(page(SENTENCE).encode("gbk"), None)
    assert SENTENCE in decoded.text
    assert (decoded.declared, decoded.used) == (None, "gb18030")


def test_case_f_gbk_with_three_stray_bytes() -> None:
    body = page(SENTENCE * 3).encode("gbk").replace(b"<p>", b"<p>\xff ", 1) + b"<i>\x80</i><b>\xff</b>"
    decoded = decode(body, None)
    assert SENTENCE in decoded.text
    assert decoded.used == "gb18030"


def test_case_g_big5_that_says_nothing() -> None:
    decoded = decode(page(TRADITIONAL).encode("big5"), None)
    assert TRADITIONAL in decoded.text
    assert decoded.used == "big5hkscs"


@pytest.mark.parametrize(
    "text", ["虚构市人民政府网站首页公告", "通知公告", "你好", "欢迎访问虚构县教育局网站"]
)
def test_case_h_a_very_short_gbk_page(text: str) -> None:
    decoded = decode(text.encode("gbk"), None)
    assert (decoded.text, decoded.used) == (text, "gb18030")


@pytest.mark.parametrize("text", ["镕䶮㐱村人民政府", "党组成员𠮷某某同志任职公示", "བོད་ཡིག་གི་དྲ་ཚིགས།"])
def test_case_i_four_byte_gb18030(text: str) -> None:
    decoded = decode(page(text).encode("gb18030"), None)
    assert text in decoded.text
    assert decoded.used == "gb18030"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_utf16_whose_meta_lies(codec: str, mark: bool) -> None:  # noqa: FBT001 - a case of the table
    body = (("\ufeff" if mark else "") + page(SENTENCE, "gb2312")).encode(codec)
    decoded = decode(body, None)
    assert SENTENCE in decoded.text
    assert (decoded.declared, decoded.used) == ("gb2312", codec)


def test_a_byte_order_mark_beats_header_and_meta() -> None:
    decoded = decode(b"\xef\xbb\xbf" + page(SENTENCE, "gbk").encode(), "text/html; charset=big5")
    assert decoded.text.startswith("<html>")
    assert decoded.used == "utf-8"


def test_stray_bytes_in_utf8_do_not_make_it_something_else() -> None:
    body = page(SENTENCE * 3, "utf-8").encode().replace(b"<p>", b"<p>\xff\xfe\x80 ")
    decoded = decode(body, None)
    assert SENTENCE in decoded.text
    assert decoded.used == "utf-8"


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_page_cut_inside_a_character_loses_only_that_character(codec: str) -> None:
    decoded = decode(page(SENTENCE).encode(codec) + "县".encode(codec)[:-1], None)
    assert SENTENCE in decoded.text
    assert decoded.used == {"utf-8": "utf-8", "gbk": "gb18030"}[codec]


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_zero_bytes_in_a_page_are_not_utf16(codec: str) -> None:
    decoded = decode(page(SENTENCE).encode(codec) + b"\0\0<p>\0</p>\0\0", None)
    assert SENTENCE in decoded.text
    assert decoded.used == {"utf-8": "utf-8", "gbk": "gb18030"}[codec]


def test_big5_that_says_gb2312_is_still_big5() -> None:
    assert decode(page(TRADITIONAL, "gb2312").encode("big5"), None).used == "big5hkscs"


def test_western_text_is_read_as_western() -> None:
    decoded = decode(
        "<p>Café d’été — the city’s façade</p>".encode("cp1252"), "text/html; charset=iso-8859-1"
    )
    assert "Café d’été — the city’s façade" in decoded.text
    assert decoded.used == "cp1252"


@pytest.mark.parametrize("nonsense", ["base64", "rot13", "utf-7", "undefined", "no-such", "idna", "", "\x00"])
def test_a_charset_no_page_is_written_in_is_only_recorded(nonsense: str) -> None:
    assert SENTENCE in decode(page(SENTENCE).encode("gbk"), f"text/html; charset={nonsense}").text


def test_an_empty_body_is_empty_text() -> None:
    assert decode(b"", None).text == ""


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=60)))
def test_any_bytes_give_text(body: bytes, content_type: str | None) -> None:
    decoded = decode(body, content_type)
    decoded.text.encode("utf-8", "surrogatepass")
    assert decoded.used


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_utf8_is_always_recognised(text: str) -> None:
    assert decode(page(text, "gb2312").encode(), "text/html; charset=big5").text == page(text, "gb2312")


# Characters people write, so that a detector has the language to go by.
WRITTEN = st.text(
    alphabet=sorted({*SENTENCE, *"工作会议召开落实安全生产检查，。0123456789"}), min_size=30, max_size=200
)


@given(WRITTEN, st.sampled_from(["utf-8", "gb2312", "big5", "iso-8859-1", "martian-7", ""]))
def test_gbk_is_recognised_under_every_lie(text: str, lie: str) -> None:
    told = decode(
        page(SENTENCE + text, lie or None).encode("gb18030"), f"text/html; charset={lie}" if lie else None
    )

    assert told.text == page(SENTENCE + text, lie or None)
    assert told.used == "gb18030"


@given(st.binary(max_size=300))
def test_what_was_read_once_is_read_the_same_again(body: bytes) -> None:
    once = decode(body, None).text.encode("utf-8", "replace").decode()

    assert decode(once.encode(), None).text == once.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "piece",
    [
        b"\x81",
        b"\x00<",
        b"\xff\xfe",
        b"<meta charset=",
        b"charset=gb2312;",
        bytes(range(256)),
        b"\xe4\xbd",
        b"&#",
    ],
)
def test_hostile_bytes_are_read_in_moments(piece: bytes) -> None:
    started = time.process_time()
    decode(piece * (4_000_000 // len(piece)), "text/html; charset=gb2312")

    assert time.process_time() - started < 5
