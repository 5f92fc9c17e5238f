"""TLS settings: old protocol versions and ciphers are accepted, invalid certificates are not.

Many government servers support nothing newer than TLS 1.0, or old renegotiation only. That is weak, but their pages
open in a reader's browser, so we must not report them as broken. Certificates are verified against the system's
authorities and those in SSL_CERT_FILE.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from OpenSSL import SSL, crypto
from scrapy.utils.defer import maybe_deferred_to_future
from service_identity import VerificationError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, connectProtocol, wrapClientTLS
from twisted.internet.interfaces import IHandshakeListener, IOpenSSLClientConnectionCreator
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from govcrawl.network.resolve import refusal
from govcrawl.records.outcomes import Outcome, RequestEnded

if TYPE_CHECKING:
    from datetime import datetime

    from twisted.protocols.tls import TLSMemoryBIOProtocol

_OP_LEGACY_SERVER_CONNECT = 0x4  # not named by pyOpenSSL
SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Alpine, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Red Hat, Kylin, openEuler
    "/etc/ssl/ca-bundle.pem",  # SUSE
)
# Why a certificate is not valid: the word in records → the phrase in a request's error.
PROBLEMS = {
    "expired": "expired",
    "not_yet_valid": "not yet valid",
    "self_signed": "self-signed",
    "unknown_authority": "of an incomplete chain or an unknown authority",
    "revoked": "revoked",
    "other_name": "issued for another name than {host}",
    "other": "not accepted (OpenSSL error {error})",
}
# X509_V_ERR_… numbers of OpenSSL
_WORDS = {
    2: "unknown_authority",
    9: "not_yet_valid",
    10: "expired",
    18: "self_signed",
    19: "unknown_authority",
    20: "unknown_authority",
    21: "unknown_authority",
    23: "revoked",
}

_INCOMPLETE = {2, 20, 21}
_LONGEST_NAME = 200
_MOST_NAMES = 20  # names of one certificate kept in a record; some certificates have hundreds


class CertificateRefused(Exception):  # noqa: N818 - reads as a sentence in a record's error
    """The failure of a request whose server has an invalid certificate; says why it is invalid.

    `issuer_url`: where the missing next certificate of the chain is published, if that is the problem.
    """

    def __init__(self, error: str, issuer_url: str | None = None) -> None:
        super().__init__(error)
        self.issuer_url = issuer_url


@cache
def client_context() -> SSL.Context:
    """The TLS context, shared by all connections of a process, since loading the authorities takes milliseconds."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION)
    context.set_cipher_list(b"ALL:@SECLEVEL=0")  # above level 0 OpenSSL 3 refuses TLS 1.0 and SHA-1
    context.set_options(SSL.OP_ALL | SSL.OP_NO_COMPRESSION | _OP_LEGACY_SERVER_CONNECT)
    context.set_mode(SSL.MODE_RELEASE_BUFFERS)
    context.set_default_verify_paths()  # follows SSL_CERT_FILE and SSL_CERT_DIR
    for bundle in (*SYSTEM_BUNDLES, ssl.get_default_verify_paths().openssl_cafile):
        if Path(bundle).is_file():  # so SSL_CERT_FILE adds to the system's authorities
            context.load_verify_locations(bundle)
            break
    return context


def complete_chains_with(published: bytes) -> bool:
    """Add the certificates that an authority publishes as intermediate ones; False when none is usable.

    A chain must still end at a trusted authority. A self-signed certificate in the store would count as one, so
    self-signed ones are not added.
    """
    steps = [
        certificate for certificate in _certificates(published) if certificate.issuer != certificate.subject
    ]
    store = client_context().get_cert_store()
    assert store is not None  # noqa: S101 - a client's context has one
    for certificate in steps:
        store.add_cert(crypto.X509.from_cryptography(certificate))
    return bool(steps)


def _certificates(published: bytes) -> list[x509.Certificate]:
    for read in (_one_certificate, x509.load_pem_x509_certificates, pkcs7.load_der_pkcs7_certificates):
        with suppress(ValueError, Warning):
            return read(published)
    return []


def _one_certificate(published: bytes) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(published)]


def _issuer_url(certificate: crypto.X509) -> str | None:
    with suppress(ValueError, Warning, x509.ExtensionNotFound):
        extensions = certificate.to_cryptography().extensions
        for access in extensions.get_extension_for_class(x509.AuthorityInformationAccess).value:
            location = access.access_location
            if access.access_method == AuthorityInformationAccessOID.CA_ISSUERS and isinstance(
                location, x509.UniformResourceIdentifier
            ):
                return location.value
    return None


@implementer(IPolicyForHTTPS)
class VerifyingPolicy:
    """Twisted's TLS policy: gives each connection the shared context and the name to verify."""

    def __init__(self) -> None:
        self._context = client_context()

    def creatorForNetloc(self, hostname: bytes, port: int) -> _Handshake:  # noqa: ARG002, N802 - Twisted's name
        return _Handshake(self._context, hostname.decode("ascii"))


@implementer(IOpenSSLClientConnectionCreator)
class _Handshake:
    """One TLS connection to `host`; refused with the reason when its certificate is invalid."""

    def __init__(self, context: SSL.Context, host: str) -> None:
        self._context = context
        self._host = host

    def clientConnectionForTLS(self, tlsProtocol: TLSMemoryBIOProtocol) -> SSL.Connection:  # noqa: N802, N803
        connection = SSL.Connection(self._context, None)
        connection.set_app_data(tlsProtocol)
        numeric = isIPAddress(self._host) or isIPv6Address(self._host)
        if not numeric:
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        identity = IPAddress_ID(self._host) if numeric else DNS_ID(self._host)

        def verify(
            connection: SSL.Connection, certificate: crypto.X509, error: int, depth: int, ok: int
        ) -> bool:
            problem = None
            if not ok:
                problem = _WORDS.get(error, "other")
            elif depth == 0:
                try:
                    verify_service_identity(extract_patterns(certificate), [identity], [])
                except (VerificationError, ValueError):
                    problem = "other_name"
            if problem is None:
                return True
            issuer_url = _issuer_url(certificate) if error in _INCOMPLETE else None
            return self.object_to(connection, problem, error, issuer_url)

        connection.set_verify(SSL.VERIFY_PEER, verify)
        return connection

    def object_to(self, connection: SSL.Connection, problem: str, error: int, issuer_url: str | None) -> bool:
        """Called for each problem of the certificate: refuse it and record why. Returning True would accept it."""
        reason = PROBLEMS[problem].format(host=self._host, error=error)
        refused = CertificateRefused(f"the certificate is {reason}", issuer_url)
        connection.get_app_data().failVerification(Failure(refused))  # type: ignore[no-untyped-call]
        return False


class Inspection(_Handshake):
    """A handshake that accepts every certificate and remembers its first problem.

    `certificate` is the server's, `problem` a word of PROBLEMS, `issuer_url` as in CertificateRefused.
    """

    def __init__(self, host: str) -> None:
        super().__init__(client_context(), host)
        self.problem: str | None = None
        self.issuer_url: str | None = None
        self.certificate: Certificate | None = None

    def object_to(
        self,
        connection: SSL.Connection,  # noqa: ARG002
        problem: str,
        error: int,  # noqa: ARG002
        issuer_url: str | None,
    ) -> bool:
        if self.problem is None:
            self.problem, self.issuer_url = problem, issuer_url
        return True


async def inspect(host: str, port: int, timeout_s: float) -> Inspection:
    """Make a TLS handshake with a host and return its certificate's inspection; raises when the handshake fails."""
    from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would install the wrong one

    if reason := await refusal(host, port):
        raise RequestEnded(Outcome.NOT_ATTEMPTED, reason)
    inspection = Inspection(host)
    looker = _Looker(inspection)
    plain: Any = HostnameEndpoint(reactor, host, port, timeout=timeout_s)
    endpoint = wrapClientTLS(cast("IOpenSSLClientConnectionCreator", inspection), plain)
    await maybe_deferred_to_future(connectProtocol(endpoint, looker))  # type: ignore[no-untyped-call]
    try:
        async with asyncio.timeout(timeout_s):
            await maybe_deferred_to_future(looker.ended)
    finally:
        looker.hang_up()
    return inspection


@implementer(IHandshakeListener)
class _Looker(Protocol):
    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self.ended: Deferred[None] = Deferred()

    def hang_up(self) -> None:
        cast("Any", self.transport).abortConnection()

    def handshakeCompleted(self) -> None:  # noqa: N802 - Twisted's name
        shown = cast("Any", self.transport).getPeerCertificate()
        self._inspection.certificate = read_certificate(shown) if shown is not None else None
        self._end(None)

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        self._end(reason)

    def _end(self, result: Failure | None) -> None:
        if not self.ended.called:
            self.ended.callback(result)  # a failure takes the other path


@dataclass(frozen=True, slots=True)
class Certificate:
    """The fields of a certificate; None where a field is missing or malformed."""

    subject: str | None
    issuer: str | None
    names: list[str]
    not_before: datetime
    not_after: datetime


def read_certificate(shown: crypto.X509) -> Certificate | None:
    """Read a server's certificate; None when it is unreadable."""
    with suppress(ValueError, Warning):
        certificate = shown.to_cryptography()
        names: list[str] = []
        with suppress(ValueError, x509.ExtensionNotFound):
            names = certificate.extensions.get_extension_for_class(
                x509.SubjectAlternativeName
            ).value.get_values_for_type(x509.DNSName)
        return Certificate(
            subject=_name(certificate.subject, NameOID.COMMON_NAME) or next(iter(names), None),
            issuer=_name(certificate.issuer, NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME),
            names=[name[:_LONGEST_NAME] for name in names[:_MOST_NAMES]],
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
        )
    return None


def _name(name: x509.Name, *kinds: x509.ObjectIdentifier) -> str | None:
    for kind in kinds:
        for attribute in name.get_attributes_for_oid(kind):
            return str(attribute.value)[:_LONGEST_NAME]
    return None
