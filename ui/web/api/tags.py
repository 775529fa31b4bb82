"""Entity tags: whether a response is still the one that a program has."""

import json
import re
from hashlib import sha256

from index.provenance import Provenance

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def tag_of(provenance: Provenance, *request: object, weak: bool = False) -> str:
    """Return the tag of what is answered to `request` (anything that JSON takes).

    It changes with the generation and with all else that answers depend on. A weak one says that the answers
    are the same but for how long they took.
    """
    stated = json.dumps([provenance.as_dict(), *request], sort_keys=True)
    tag = f'"{provenance.generation}-{sha256(stated.encode()).hexdigest()[:24]}"'
    return f"W/{tag}" if weak else tag


def tag_of_bytes(body: bytes) -> str:
    """Return the tag of a response that is made in any case."""
    return f'"{sha256(body).hexdigest()[:24]}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Tell whether an If-None-Match header names `tag`, or anything."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(if_none_match)
