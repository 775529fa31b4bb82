"""What is wrong with a server's certificate, in words for whoever runs the source."""

import asyncio
import ssl
from urllib.parse import urlsplit

# Codes of X509_V_ERR in OpenSSL; they do not change.
_WORDS = {
    9: "it is not valid yet",
    10: "it has expired",
    18: "it is self-signed",
    19: "it comes from an authority that is not trusted",
    20: "it comes from an authority that is not known",
    21: "the certificates between it and a known authority are missing",
    62: "it is for another name",
    64: "it is for another address",
}


async def trouble_with_certificate(address: str, timeout: float) -> str:
    """Return why no secure connection to `address` can be made, as a phrase.

    Scrapy only knows that one has failed. A second handshake, in which nothing is asked, tells why.
    """
    parts = urlsplit(address)
    try:
        async with asyncio.timeout(timeout):
            _, writer = await asyncio.open_connection(
                parts.hostname, parts.port or 443, ssl=ssl.create_default_context()
            )
            writer.close()
    except ssl.SSLCertVerificationError as error:
        words = _WORDS.get(error.verify_code, error.verify_message)
        return f"its certificate is not accepted: {words}; the check is never switched off"
    except (OSError, TimeoutError):
        pass
    return "no secure connection can be made"
