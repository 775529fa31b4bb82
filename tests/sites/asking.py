"""How the tests of the fake sites ask them: with nothing but the standard library, and never for long."""

import ssl
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.request import HTTPErrorProcessor, HTTPSHandler, Request, build_opener
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; redirects are not followed."""

    status: int
    body: bytes
    headers: Message

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def xml(self) -> ElementTree.Element:
        """The body as XML."""
        return ElementTree.fromstring(self.body)


class _AsItIs(HTTPErrorProcessor):
    def http_response(self, request: object, response: object) -> object:
        return response

    https_response = http_response


def ask(
    address: str,
    data: bytes | None = None,
    headers: dict[str, str] | None = None,
    context: ssl.SSLContext | None = None,
) -> Reply:
    """Fetch `address` as it is, errors and redirects included."""
    opener = build_opener(_AsItIs, HTTPSHandler(context=context))
    request = Request(address.replace(" ", "%20"), data, headers or {"User-Agent": "asking/1"})
    try:
        with opener.open(request, timeout=10) as response:
            return Reply(response.status, response.read(), response.headers)
    except HTTPError as error:
        with error:
            return Reply(error.code, error.read(), error.headers)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def words_of(html: str) -> str:
    """Return the words that a page or a piece of HTML shows, with single blanks."""
    parser = _Words()
    parser.feed(html)
    return " ".join(parser.words)
