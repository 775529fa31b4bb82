"""Where the minutes point elsewhere: "reasons are given in Appendix 2"."""

import re

_POINTER = re.compile(
    r"\b(?:given|set out|detailed|attached|contained|shown|listed|found|outlined|included|described|provided|"
    r"see|refer(?:red)? to|available|circulated|explained|stated|in accordance with)\b"
    r"(?:[^.;\n]|\n(?!\s*\n)){0,40}?\b"
    r"(?P<place>exempt report|part ii\b"
    r"|(?:appendix|appendices|annexe?|annexes|schedules?|addendum)"
    r"(?:\s+(?:[0-9]+[a-z]?|[a-z]|[ivx]+)\b(?:(?:,|\s+(?:and|to|&))\s+(?:[0-9]+[a-z]?|[b-z]|[ivx]+)\b)*)?)(?!\w)",
    re.IGNORECASE,
)
_ONE = {"appendices": "appendix", "annexes": "annex", "schedules": "schedule"}
_SEVERAL = re.compile(rf"({'|'.join(_ONE)})\s+(\w.*)", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?!(?:and|to)\b)\w+")


def pointed_to(text: str) -> str | None:
    """Return the place outside the minutes that `text` points to ("Appendix 2"), None when there is none."""
    match = _POINTER.search(text)
    return " ".join(match["place"].split()) if match else None


def holds(document_text: str, place: str) -> bool:
    """Tell whether a document contains the place itself, as a heading of its own; of several, all of them."""
    if several := _SEVERAL.fullmatch(place):
        noun = _ONE[several[1].casefold()]
        return all(holds(document_text, f"{noun} {number}") for number in _NUMBER.findall(several[2]))
    words = r"[ \t]+".join(re.escape(word) for word in place.split())
    # Blanks within the line only: from each line of many blank ones the others would be read again.
    heading = rf"^[ \t#*]*{words}[ \t*]*(?:[:.–—-].*)?$"
    return re.search(heading, document_text, re.IGNORECASE | re.MULTILINE) is not None
