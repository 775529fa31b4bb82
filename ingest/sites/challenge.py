"""Pages that stand in front of a site and ask whether a person is there.

They come with 403 or 503, and some with 200, so their words have to tell. The same words stand in minutes
("access denied to the towpath"), so they count only where such a page has them: at the head of it or in its
machinery, on a page that says little else, and never on one that is plainly the site's own.
"""

import re

import lxml.html
from lxml.etree import ParserError

from ingest.sites.hosts import printable

#: Such pages are mostly script; none that was seen has a tenth of this.
_LARGEST = 200_000
#: Characters that can be read on one; the longest seen has some hundred.
_MOST_TEXT = 2_000
_FIRST_WORDS = 200
_LONGEST_TITLE = 60

_MARKUP = re.compile(rb"\s*<(?:!--|!doctype\s+html|html|head|title|body|meta)", re.IGNORECASE)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
# What ModernGov and CMIS pages are made of. Only attributes tell: a challenge has the address in its script.
_OWN = re.compile(
    rb"""\b(?:id|class|name|href)\s*=\s*["']?(?:
        modgov\b
        | [^"'<>]{0,300}?\b(?:mg|ie)[a-z]{3,40}\d?\.aspx
        | [^"'<>]{0,300}?(?:dnn[$_]|dnnlabel|cmis|simplecalendar)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What a title or heading of such a page begins with, and no heading of minutes does.
_HEAD = re.compile(
    "|".join(
        (
            r"just a moment|one moment, please|attention required\b|security check(?=\W*$)",
            r"pardon our interruption|request unsuccessful|request rejected|azure waf|ddos-guard",
            r"access to this page has been denied|access denied(?=\W*$|\s*[|.:!(–-])",
            r"client challenge|(?:bot|human|browser) (?:verification|check)\b|checking your browser",
            r"(?:please )?verify (?:that )?you are|are you (?:a )?(?:human|robot)|captcha",
        )
    ),
    re.IGNORECASE,
)
# What a sentence near the top of one begins with; in minutes these words stand in the middle of one.
_FIRST = re.compile(
    "|".join(
        (
            r"Just a moment|Checking your browser|Request unsuccessful|Attention required",
            r"The requested URL was rejected|Enable JavaScript and cookies to continue",
            r"(?:Verify(?:ing)?|Confirm) (?:that )?you are (?:a )?human",
        )
    )
)
_MACHINERY = re.compile(
    rb"cf-browser-verification|_cf_chl_opt|cf-chl-|incapsula incident|azure waf|awswaf|captcha-delivery"
    rb"|[gh]-(?:re)?captcha|hcaptcha\.com|/recaptcha/",
    re.IGNORECASE,
)


def challenge(body: bytes, media_type: str) -> str | None:
    """Return the words of a challenge page, None when it is none.

    Args:
        body: the whole answer.
        media_type: what it claims to be, in lower case and without parameters; "" when nothing is claimed.
    """
    if len(body) > _LARGEST or _OWN.search(body):
        return None
    if media_type not in _HTML_TYPES and not _MARKUP.match(body.removeprefix(b"\xef\xbb\xbf")):
        return None
    try:
        page = lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:  # nothing but blanks or comments
        return None
    heads = [text for text in map(_words, page.iter("title", "h1", "h2")) if text]
    for hidden in list(page.iter("script", "style", "title")):
        hidden.drop_tree()
    text = _words(page)
    if len(text) > _MOST_TEXT:
        return None
    sign = next((found for found in map(_HEAD.match, heads) if found), None) or _FIRST.search(
        text[:_FIRST_WORDS]
    )
    machinery = _MACHINERY.search(body)
    if not sign and not machinery:
        return None
    said = heads[0] if heads else sign[0] if sign else "no title"
    return said if len(said) <= _LONGEST_TITLE else f"{said[: _LONGEST_TITLE - 1]}…"


def _words(element: lxml.html.HtmlElement) -> str:
    return printable(element.text_content())
