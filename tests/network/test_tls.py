import datetime as dt
import ssl
import warnings
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import crypto

from govcrawl.network.tls import SYSTEM_BUNDLES, client_context
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer

NAME = "www.ceshi.gov.cn"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
FAR_AHEAD = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)


def serving(certificate, **limits):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(tls)
    for name, value in limits.items():
        setattr(tls, name, value)
    return tls


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    authority = trustme.CA()
    authority.path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(authority.path)
    return authority


def fetched(tls, authority):
    with Server({"/": answer("page")}, tls=tls) as server:
        return crawl(
            Ask("home", f"https://{NAME}/"),
            resolve=[f"{NAME}:443:127.0.0.1:{server.port}"],
            env={"SSL_CERT_FILE": str(authority.path)},
        ).facts[0]


def test_a_certificate_of_a_trusted_authority_opens_the_page(authority):
    facts = fetched(serving(authority.issue_cert(NAME)), authority)

    assert ("ok", None) == (facts.outcome, facts.error)


def test_a_wildcard_certificate_covers_the_name(authority):
    assert "ok" == fetched(serving(authority.issue_cert("*.ceshi.gov.cn")), authority).outcome


@pytest.mark.parametrize(
    ("names", "times", "reason"),
    [
        ([NAME], {"not_before": LONG_AGO, "not_after": LONG_AGO + dt.timedelta(90)}, "expired"),
        ([NAME], {"not_before": FAR_AHEAD, "not_after": FAR_AHEAD + dt.timedelta(90)}, "not yet valid"),
        (["www.bieren.gov.cn"], {}, f"issued for another name than {NAME}"),
        (["10.1.2.3"], {}, f"issued for another name than {NAME}"),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused_with_the_reason(authority, names, times, reason):
    facts = fetched(serving(authority.issue_cert(*names, **times)), authority)

    assert ("tls_error", f"CertificateRefused: the certificate is {reason}") == (facts.outcome, facts.error)


def test_an_unknown_authority_is_refused(authority):
    facts = fetched(serving(trustme.CA().issue_cert(NAME)), authority)

    assert "tls_error" == facts.outcome
    assert "unknown authority" in facts.error


def test_a_self_signed_certificate_is_refused_as_such(authority, tmp_path):
    file = tmp_path / "self.pem"
    file.write_bytes(pem(*signed(NAME)))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    facts = fetched(tls, authority)

    assert ("tls_error", "CertificateRefused: the certificate is self-signed") == (facts.outcome, facts.error)


def test_a_chain_without_its_intermediate_is_refused_as_incomplete(authority, tmp_path):
    certificate = authority.create_child_ca().issue_cert(NAME)
    file = tmp_path / "leaf.pem"
    file.write_bytes(certificate.private_key_pem.bytes() + certificate.cert_chain_pems[0].bytes())
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    facts = fetched(tls, authority)

    assert "tls_error" == facts.outcome
    assert "incomplete chain" in facts.error


def signed(name, issuer=None, *, published_at=None, is_authority=False):
    """A certificate and its key, by `issuer` or by itself, saying where its issuer's certificate is published."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signer, signing_key = issuer or (None, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer.subject if signer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(FAR_AHEAD)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    )
    if published_at:
        where = x509.AccessDescription(
            x509.AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(published_at)
        )
        builder = builder.add_extension(x509.AuthorityInformationAccess([where]), critical=False)
    return builder.sign(signing_key, hashes.SHA256()), key


def pem(certificate, key=None):
    encoded = certificate.public_bytes(serialization.Encoding.PEM)
    if key is None:
        return encoded
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return encoded + key.private_bytes(serialization.Encoding.PEM, *private)


@pytest.fixture
def chain(tmp_path):
    """Root, two steps and a leaf that say where to find each other; the server shows the leaf alone."""
    root = signed("root.ca", is_authority=True)
    upper = signed("upper.ca", root, published_at="http://ca.com/root.crt", is_authority=True)
    lower = signed("lower.ca", upper, published_at="http://ca.com/upper.crt", is_authority=True)
    leaf = signed(NAME, lower, published_at="http://ca.com/lower.crt")
    (tmp_path / "leaf.pem").write_bytes(pem(*leaf))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "leaf.pem")
    der = serialization.Encoding.DER
    published = {
        "/root.crt": answer(root[0].public_bytes(der), content_type="application/pkix-cert"),
        "/upper.crt": answer(upper[0].public_bytes(der), content_type="application/pkix-cert"),
        "/lower.crt": answer(pem(lower[0]), content_type="application/x-x509-ca-cert"),
    }
    return tls, published, pem(root[0])


def fetched_with(chain, trusted, tmp_path):
    tls, published, _ = chain
    (tmp_path / "trusted.pem").write_bytes(trusted)
    with (
        Server({"/": answer("page"), "/2": answer("page")}, tls=tls) as server,
        Server(published) as authority,
    ):
        done = crawl(
            Ask("home", f"https://{NAME}/"),
            Ask("home", f"https://{NAME}/2"),
            resolve=[f"{NAME}:443:127.0.0.1:{server.port}", f"ca.com:80:127.0.0.1:{authority.port}"],
            env={"SSL_CERT_FILE": str(tmp_path / "trusted.pem")},
            CONCURRENT_REQUESTS_PER_DOMAIN="1",
        )
    return done, authority


def test_certificates_a_server_forgot_are_fetched_as_browsers_do(chain, tmp_path):
    done, authority = fetched_with(chain, chain[2], tmp_path)

    assert ["ok", "ok"] == [facts.outcome for facts in done.facts]
    assert ["/lower.crt", "/upper.crt"] == [asked.path for asked in authority.asked]


def test_a_chain_completed_up_to_an_unknown_root_is_refused_all_the_same(chain, authority, tmp_path):
    done, _ = fetched_with(chain, authority.path.read_bytes(), tmp_path)

    assert ["tls_error", "tls_error"] == [facts.outcome for facts in done.facts]


def test_an_authority_that_publishes_nonsense_changes_nothing(chain, tmp_path):
    tls, _, root = chain
    done, _ = fetched_with((tls, {"/lower.crt": answer(b"\x30\x82nonsense")}, root), root, tmp_path)

    assert ["tls_error", "tls_error"] == [facts.outcome for facts in done.facts]
    assert "incomplete chain" in done.facts[0].error


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"])
def test_old_and_new_protocol_versions_open_the_page(authority, version):
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of Python, about TLS 1.0
        only = {f"{limit}_version": ssl.TLSVersion[version] for limit in ("minimum", "maximum")}
        tls = serving(authority.issue_cert(NAME), **only)
    tls.set_ciphers("ALL:@SECLEVEL=0")

    assert "ok" == fetched(tls, authority).outcome


def test_a_file_of_authorities_does_not_hide_those_of_the_system(authority, monkeypatch):
    system = next(Path(bundle) for bundle in SYSTEM_BUNDLES if Path(bundle).is_file())
    end = b"-----END CERTIFICATE-----\n"
    any_root = x509.load_pem_x509_certificate(system.read_bytes().partition(end)[0] + end)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    context = client_context.__wrapped__()

    crypto.X509StoreContext(
        context.get_cert_store(), crypto.X509.from_cryptography(any_root)
    ).verify_certificate()


def test_plain_http_on_the_tls_port_is_a_tls_error(authority):
    with Server({"/": answer("page")}) as server:
        facts = crawl(Ask("home", f"https://{NAME}/"), resolve=[f"{NAME}:443:127.0.0.1:{server.port}"]).facts[
            0
        ]

    assert "tls_error" == facts.outcome
