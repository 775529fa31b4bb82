"""Words that are set like a heading, and whether they are one."""

import re

from corpus.blocks import HEADING_CHARACTERS

_ENDS_SENTENCE = re.compile(r"[.!?:;][\s\"'”’)\]]*$")
_SENTENCE = re.compile(r"(?:to|that|the|a|an|it|we|members)\b", re.IGNORECASE)


def is_name(text: str) -> bool:
    """Return whether words in bold or large type name what follows; others begin a sentence or a table."""
    if len(text) > HEADING_CHARACTERS or _ENDS_SENTENCE.search(text.rstrip(":")):
        return False
    if text.endswith(":") and _SENTENCE.match(text):
        return False
    return "%" not in text and any(character.isalpha() for character in text)
