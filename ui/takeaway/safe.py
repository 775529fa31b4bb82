"""Words and addresses from outside, made fit for files: nothing in them steers a program or a terminal."""

import re
import unicodedata
from urllib.parse import quote as percent_encoded

from ui.web.markup.escape import web_address

#: What a file is called at most, without its ending.
LONGEST_NAME = 60
#: All that moves a cursor, ends a line or reverses the direction of writing, and all that XML cannot hold;
#: not the line end proper.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
#: What stands in addresses as it is; brackets would end one in Markdown, a semicolon make another sign of it.
_ADDRESS = "%/:?#@!$&'*+,=~-._"


def printable(text: str) -> str:
    """Return `text` with a blank for each character that no file should hold."""
    return _UNPRINTABLE.sub(" ", text)


def in_one_line(text: str) -> str:
    """Return `text` in one line, with single blanks."""
    return " ".join(printable(text).split())


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a quote without blanks at their ends, several empty ones in a row as one."""
    lines = [line.strip() for line in printable(text).strip().split("\n")]
    return tuple(line for number, line in enumerate(lines) if line or lines[number - 1])


def safe_address(url: str) -> str:
    """Return a web address with all that no address has encoded, "" for anything but a web address."""
    address = web_address(url)
    return percent_encoded(address, safe=_ADDRESS, errors="replace") if address else ""


def file_name(words: str, ending: str) -> str:
    """Return a name for a file that every system takes: plain letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_NAME].strip("-")
    return f"minutebook-{name}.{ending}" if name else f"minutebook.{ending}"
