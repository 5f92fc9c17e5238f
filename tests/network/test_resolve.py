import ssl

import pytest
import trustme
from scrapy.settings import Settings

from govcrawl.network.requests import PAGE_TIMEOUT_S
from govcrawl.network.resolve_rules import as_setting, parse_resolve, rules_of
from govcrawl.night.before import refuse_without_contact
from govcrawl.records.errors import UserError
from govcrawl.registry import Registry, Site
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer


def texts(values):
    return [str(rule) for rule in parse_resolve(values)]


def test_a_rule_keeps_the_port_unless_it_names_another():
    assert ["www.a.gov.cn:443:127.0.0.1:443"] == texts(["www.a.gov.cn:443:127.0.0.1"])
    assert ["www.a.gov.cn:443:127.0.0.1:8443"] == texts(["www.a.gov.cn:443:127.0.0.1:8443"])


def test_an_ipv6_address_stands_in_brackets():
    assert ["www.a.gov.cn:80:[::1]:8080"] == texts(["www.a.gov.cn:80:[::1]:8080"])


def test_names_are_compared_as_the_network_writes_them():
    assert ["xn--fiq228c.gov.cn:80:127.0.0.1:80"] == texts(["中文.gov.cn:80:127.0.0.1"])
    assert ["www.a.gov.cn:80:127.0.0.1:80"] == texts(["WWW.A.gov.cn.:80:127.0.0.1"])


def test_the_later_of_two_rules_for_one_name_and_port_wins():
    assert ["a.cn:80:127.0.0.2:80"] == texts(["a.cn:80:127.0.0.1", "a.cn:80:127.0.0.2"])


def test_a_name_may_have_an_address_of_each_family():
    rules = ["a.cn:80:[::1]:8086", "a.cn:80:127.0.0.1:8084"]

    assert ["a.cn:80:127.0.0.1:8084", "a.cn:80:[::1]:8086"] == texts(rules)


def test_a_file_of_rules_may_hold_blank_lines_and_comments(tmp_path):
    file = tmp_path / "resolve.txt"
    file.write_text("\ufeff# staging\n\na.cn:80:127.0.0.1:8080\n  b.cn:443:[::1]\n", "utf-8")

    assert ["a.cn:80:127.0.0.1:8080", "b.cn:443:[::1]:443"] == texts([f"@{file}"])


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "a.cn",
        "a.cn:80",
        "a.cn:80:",
        "a.cn:http:127.0.0.1",
        "a.cn:0:127.0.0.1",
        "a.cn:80:127.0.0.1:70000",
        "a.cn:80:elsewhere.cn",
        "a.cn:80:::1",
        "a.cn:80:127.0.0.1:80:80",
        "a b.cn:80:127.0.0.1",
        f"{'a' * 64}.cn:80:127.0.0.1",
    ],
)
def test_what_is_no_rule_is_refused_with_the_value_and_the_right_form(wrong):
    with pytest.raises(UserError) as refused:
        parse_resolve([wrong])

    assert repr(wrong) in str(refused.value)
    assert "HOST:PORT:ADDRESS[:PORT2]" in str(refused.value)


def test_a_wrong_line_of_a_file_is_named_with_file_and_line(tmp_path):
    file = tmp_path / "resolve.txt"
    file.write_text("# ok\na.cn:80:127.0.0.1\nb.cn 80\n", "utf-8")

    with pytest.raises(UserError, match=r"resolve\.txt line 3: 'b\.cn 80'"):
        parse_resolve([f"@{file}"])


def test_a_missing_or_binary_file_of_rules_is_refused(tmp_path):
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00\x80")

    for path in (tmp_path / "missing", tmp_path, binary):
        with pytest.raises(UserError, match="cannot be read"):
            parse_resolve([f"@{path}"])


def test_a_rule_changes_address_and_port_and_nothing_else(tmp_path):
    """Plain and TLS: Host header, SNI and certificate check keep the name that was asked for."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    certificate = authority.issue_cert("www.ceshi.gov.cn")
    names: list[str | None] = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(tls)
    tls.sni_callback = lambda _socket, name, _context: names.append(name)
    with Server({"/": answer("plain")}) as plain, Server({"/": answer("secure")}, tls=tls) as secure:
        done = crawl(
            Ask("home", "http://www.ceshi.gov.cn/"),
            Ask("home", "http://www.ceshi.gov.cn:8000/"),
            Ask("home", "https://www.ceshi.gov.cn/"),
            resolve=[
                f"www.ceshi.gov.cn:80:127.0.0.1:{plain.port}",
                f"www.ceshi.gov.cn:8000:127.0.0.1:{plain.port}",
                f"www.ceshi.gov.cn:443:127.0.0.1:{secure.port}",
            ],
            env={"SSL_CERT_FILE": str(tmp_path / "ca.pem")},
        )

    assert [b"plain", b"plain", b"secure"] == [facts.body for facts in done.facts]
    assert ["www.ceshi.gov.cn", "www.ceshi.gov.cn:8000"] == sorted(
        asked.headers["host"] for asked in plain.asked
    )
    assert ["www.ceshi.gov.cn"] == names
    assert "https://www.ceshi.gov.cn/" == done.facts[2].final_url


def test_an_unknown_name_is_a_dns_failure_at_once():
    done = crawl(Ask("GET", "http://no-such-name.invalid/"), Ask("GET", "http://no-such-name.invalid/again"))

    assert ["dns_failure"] * 2 == [facts.outcome for facts in done.facts]
    assert all(facts.elapsed_s < PAGE_TIMEOUT_S / 2 for facts in done.facts)


def test_a_name_no_resolver_would_take_is_a_dns_failure_too():
    done = crawl(Ask("GET", f"http://{'a' * 70}.gov.cn/"), Ask("GET", "http://a..gov.cn/"))

    assert ["dns_failure"] * 2 == [facts.outcome for facts in done.facts]
    assert all(facts.elapsed_s < PAGE_TIMEOUT_S / 2 for facts in done.facts)


def test_a_port_nobody_listens_on_is_refused():
    done = crawl(Ask("home", "http://www.ceshi.gov.cn/"), resolve=["www.ceshi.gov.cn:80:127.0.0.1:1"])

    assert "refused" == done.facts[0].outcome


def test_a_file_whose_name_holds_a_comma_is_one_file(tmp_path):
    file = tmp_path / "staging,first half.txt"
    file.write_text("a.cn:80:127.0.0.1:8080\nb.cn:80:127.0.0.1:8081\n", "utf-8")
    rules = parse_resolve([f"@{file}"])

    assert rules == rules_of(Settings({"RESOLVE": as_setting(rules)}))
    assert rules == rules_of(Settings({"RESOLVE": f"@{file}"}))


def test_a_name_that_would_part_the_rules_is_refused():
    with pytest.raises(UserError, match="not a host name"):
        parse_resolve(["a,b.cn:80:127.0.0.1"])


def test_more_rules_than_a_process_can_be_told_are_refused_with_the_way_out():
    rules = parse_resolve(f"host-{number}.gov.cn:80:127.0.0.1" for number in range(5000))

    with pytest.raises(UserError, match=r"5000 rules .* -s RESOLVE=@FILE"):
        as_setting(rules)


def test_a_night_of_this_machine_alone_needs_no_contact_also_by_a_file_with_a_comma_in_its_name(tmp_path):
    rules = tmp_path / "a,b.txt"
    rules.write_text("www.lanchuan.gov.cn:80:127.0.0.1:8000\n")
    registry = Registry(sites=(Site("6500000001", "岚川", "http://www.lanchuan.gov.cn/", "办公室"),))

    refuse_without_contact(registry, [f"RESOLVE=@{rules}"])
    with pytest.raises(UserError, match="GOVCRAWL_CONTACT"):
        refuse_without_contact(registry, [])
