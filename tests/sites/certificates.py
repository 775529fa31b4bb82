"""A certificate authority for the tests, and good and bad certificates for loopback."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority in a folder. `certificate` is the file that a client has to trust."""

    folder: Path
    certificate: Path
    _key: ec.EllipticCurvePrivateKey
    _name: x509.Name

    def good(self) -> ssl.SSLContext:
        """Return a server's context with a certificate that is valid today."""
        now = datetime.now(UTC)
        return self._context("good", now - timedelta(days=1), now + timedelta(days=30))

    def expired(self) -> ssl.SSLContext:
        """Return a server's context with a certificate that ran out yesterday."""
        now = datetime.now(UTC)
        return self._context("expired", now - timedelta(days=90), now - timedelta(days=1))

    def _context(self, name: str, first: datetime, last: datetime) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        names = [
            x509.DNSName("localhost"),
            *(x509.IPAddress(ipaddress.ip_address(f"127.0.0.{i}")) for i in range(1, 10)),
        ]
        certificate = (
            _builder(_named("localhost"), self._name, key, first, last)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        file = self.folder / f"{name}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def authority(folder: Path) -> Authority:
    """Make an authority whose files lie in `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named("Ashmere Test Authority")
    now = datetime.now(UTC)
    certificate = (
        _builder(name, name, key, now - timedelta(days=100), now + timedelta(days=100))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "authority.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(folder, file, key, name)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, first: datetime, last: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
    )
