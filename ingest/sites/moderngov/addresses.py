"""Addresses of a ModernGov site: many lead to the same thing, one of them is the public one.

The server ignores the case of page names and keys, and the order of keys. A *base* is the directory that
holds the pages, with a slash at its end; a few sites have it below the root of their host.
"""

import re
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

#: What a server without cookies puts before the name of a page: "/(X(1)S(24 characters))".
_SESSION = re.compile(r"/\((?:[A-Z]\([^()/]*\))+\)(?=/|$)", re.IGNORECASE)
_PAGE = re.compile(r"/[^/]*\.(?:aspx|asmx|ashx)(?:/.*)?$", re.IGNORECASE)
_FILE = re.compile(r"/documents/[a-z]\d+(?:/.*)?$", re.IGNORECASE)
_LAST = re.compile(r"/[^/]*\.[^/]*$")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
#: Left as they are: what may stand in a path or query, and what is encoded already.
_SAFE = "/%:@!$&'()*+,;=~-._?"


def base_of(address: str) -> str:
    """Return the base of the site that `address` belongs to.

    Any page, file or call of the web service will do, with or without a session segment.
    """
    parts = urlsplit(address if _SCHEME.match(address) else f"https://{address}")
    path = without_session(parts.path)
    for ending in (_PAGE, _FILE, _LAST):
        path = ending.sub("", path)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), f"{path.rstrip('/')}/", "", ""))


def without_session(address: str) -> str:
    """Return `address` without the segment that holds a session."""
    return _SESSION.sub("", address)


def absolute(base: str, href: str) -> str:
    """Return the whole address of a link on a page of the site, ready to be fetched; "" when it is none.

    Raw blanks are encoded, the session goes, and an "http:" to the site's own host becomes the base's scheme.
    """
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        own = urlsplit(base)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    netloc = parts.netloc.lower()
    scheme = own.scheme if netloc == own.netloc else parts.scheme
    path = quote(without_session(parts.path), safe=_SAFE)
    return urlunsplit((scheme, netloc, path, quote(parts.query, safe=_SAFE), ""))


def page_of(address: str) -> str:
    """Return the name of the page at `address` in small letters ("mgai.aspx")."""
    return _path(address).rsplit("/", 1)[-1].lower()


def number_of(address: str, *keys: str) -> str:
    """Return the number that the first of `keys` found in `address` has, "" when there is none."""
    found = _query(address)
    for key in keys:
        value = found.get(key.lower(), "").strip()
        if re.fullmatch(r"\d{1,12}", value, re.ASCII):
            return value
    return ""


def value_of(address: str, key: str) -> str:
    """Return what `key` says in `address`, in small letters."""
    return _query(address).get(key.lower(), "").strip().lower()


def file_number(address: str) -> tuple[str, str]:
    """Return the letter and number of a file: ("s", "11") of "documents/s11/Weir.pdf", else two ""."""
    match = re.search(r"(?:^|/)documents/([a-z])(\d{1,12})(?:/|$)", _path(address), re.IGNORECASE | re.ASCII)
    return (match[1].lower(), match[2]) if match else ("", "")


def meeting_url(base: str, key: str) -> str:
    """Return the public page of a meeting."""
    return f"{base}ieListDocuments.aspx?MId={key}"


def item_url(base: str, key: str) -> str:
    """Return the public page of an agenda item."""
    return f"{base}mgAi.aspx?ID={key}"


def paper_url(base: str, key: str) -> str:
    """Return the address of a paper that stays when the file is replaced or renamed."""
    return f"{base}mgConvert2PDF.aspx?ID={key}"


def printed_url(base: str, agenda: str, form: int) -> str:
    """Return the address of a print of a whole agenda: 0 front sheet, 1 minutes, 2 decisions, 10 pack."""
    return f"{base}mgConvert2PDF.aspx?ID={agenda}&T={form}"


def decision_url(base: str, key: str) -> str:
    """Return the public page of a decision."""
    return f"{base}ieDecisionDetails.aspx?ID={key}"


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _query(address: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(urlsplit(address).query)
    except ValueError:
        return {}
    return {key.strip().lower(): value for key, value in reversed(pairs)}
