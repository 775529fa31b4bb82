import ipaddress
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.ingest.sites.crawling import Reply, crawled, serving

pytestmark = pytest.mark.xdist_group("crawl")

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Authority:
    """Signs certificates; `None` as the authority of one means that it signs itself."""

    def __init__(self, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = (
            _builder(self.name, self.name, self.key, NOW - DAY, NOW + DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(key_cert_sign=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _usage(*, key_cert_sign: bool) -> x509.KeyUsage:
    others = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=True, key_cert_sign=key_cert_sign, **others)


def _builder(subject, issuer, key, begins, ends) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def certificate(authority: Authority | None, host: str, ends: datetime = NOW + DAY) -> bytes:
    """Return a key and its certificate for an address, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site")])
    issuer, signer = (authority.name, authority.key) if authority else (subject, key)
    signed = (
        _builder(subject, issuer, key, NOW - 10 * DAY, ends)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + signed.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def visits(tmp_path_factory):
    """One crawl of five secure sites; only the first has a certificate to be content with."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = Authority("An authority")
    (folder / "authority.pem").write_bytes(authority.pem())
    certificates = {
        "good": ("127.0.0.2", certificate(authority, "127.0.0.2")),
        "expired": ("127.0.0.3", certificate(authority, "127.0.0.3", NOW - DAY)),
        "self_signed": ("127.0.0.4", certificate(None, "127.0.0.4")),
        "wrong_name": ("127.0.0.5", certificate(authority, "127.0.0.99")),
        "unknown": ("127.0.0.6", certificate(Authority("Another"), "127.0.0.6")),
    }
    with ExitStack() as stack:
        servers = {}
        for name, (host, pem) in certificates.items():
            path = folder / f"{name}.pem"
            path.write_bytes(pem)
            servers[name] = stack.enter_context(serving(host, {"/a": Reply()}, certificate=path))
        servers["plain"] = stack.enter_context(serving("127.0.0.7", {"/a": Reply()}))
        specs = {
            name: {"base": server.base, "fetch": [f"{server.base}a"]} for name, server in servers.items()
        }
        wrong = servers["plain"].base.replace("http:", "https:")
        specs["plain"] = {"base": wrong, "fetch": [f"{wrong}a"]}
        result = crawled(specs, environment={"SSL_CERT_FILE": str(folder / "authority.pem")}, timeout=5)
        yield result["visits"], servers


def test_a_good_certificate_is_accepted(visits):
    fetched, servers = visits

    assert fetched["good"]["fetched"] == [[f"{servers['good'].base}a", 5, "text/html"]]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("expired", "it has expired"),
        ("self_signed", "it is self-signed"),
        ("wrong_name", "it is for another address"),
        ("unknown", "it comes from an authority that is not known"),
    ],
)
def test_a_bad_one_is_named_and_nothing_is_asked(visits, name, words):
    fetched, servers = visits

    assert fetched[name]["fetched"] == [
        [
            "FetchError",
            f"{servers[name].base}a: its robots.txt cannot be read "
            f"(its certificate is not accepted: {words}; the check is never switched off), "
            "so nothing may be fetched",
        ]
    ]
    assert fetched[name]["requests"] == 1
    assert servers[name].seen == []


def test_a_server_that_does_not_speak_tls(visits):
    fetched, servers = visits

    (kind, message), *_ = fetched["plain"]["fetched"]
    assert kind == "FetchError"
    assert "(no secure connection can be made)" in message
    assert servers["plain"].seen == []
