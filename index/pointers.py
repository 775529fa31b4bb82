"""Where the minutes point elsewhere: "reasons are given in Appendix 2"."""

import re

_POINTER = re.compile(
    r"\b(?:given|set out|detailed|attached|contained|shown|listed|found|outlined|included|described|provided|"
    r"see|refer(?:red)? to|available|circulated|explained|stated|in accordance with)\b[^.;\n]{0,40}?\b"
    r"(?P<place>(?:appendix|appendices|annex(?:e)?|schedule|addendum|exempt report|part ii)\s*[0-9A-Z]*\b)",
    re.IGNORECASE,
)


def pointed_to(text: str) -> str | None:
    """Return the place outside the minutes that `text` points to ("Appendix 2"), None when there is none."""
    match = _POINTER.search(text)
    return " ".join(match["place"].split()) if match else None


def holds(document_text: str, place: str) -> bool:
    """Tell whether a document contains the place itself, as a heading of its own."""
    heading = rf"^[\s#*]*{re.escape(place)}\s*(?:[:–—-].*)?[\s*]*$"
    return re.search(heading, document_text, re.IGNORECASE | re.MULTILINE) is not None
