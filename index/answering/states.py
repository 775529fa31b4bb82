"""Whether a question is answered, and what is known where it is not."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of a question.

    ANSWERED: words are quoted that answer. MAYBE: words are quoted that may answer. SILENT: none are.
    """

    ANSWERED = "answered"
    MAYBE = "may answer"
    SILENT = "silent"


class Reason(StrEnum):
    """Why there is no answer.

    NOTHING_WITHIN: no minutes lie within the filters, or within what the question itself limits them to.
    NOT_MENTIONED: something that the question names stands nowhere in them. NOT_STATED: they do not state
    what was asked. NOT_READ: no minutes lie within the filters, and some source could not be looked at.
    """

    NOTHING_WITHIN = "nothing within filters"
    NOT_MENTIONED = "not mentioned"
    NOT_STATED = "not stated"
    NOT_READ = "source not read"


@dataclass(frozen=True, slots=True)
class Missing:
    """Words of a question that stand nowhere, as they were typed.

    `nearest` is the nearest spelling that does stand there, "" for none. `apart` tells that each of the words
    is there, but never together with the others.
    """

    words: str
    nearest: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Where the matter of a question is mentioned.

    `words` stand together in one passage, or in this order where they are one phrase ("mill bridge").
    `meetings` counts the meetings of whose minutes this is true, from the day `first` to the day `last`
    (ISO), `undated` the documents without a day. `search` is the query that finds all of these passages.
    """

    words: tuple[str, ...]
    meetings: int
    undated: int
    first: str | None
    last: str | None
    search: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Why there is no answer, and what is known instead.

    `limited` tells whether filters held; `notes` say which of them match nothing, and `limits` what the
    question itself limits the minutes to in vain ("from 2035").
    `corrected` is the question with the nearest spellings in it. `unread` has a line for each source that
    could not be looked at.
    """

    reason: Reason
    limited: bool = False
    notes: tuple[str, ...] = ()
    limits: str = ""
    missing: tuple[Missing, ...] = ()
    corrected: str = ""
    mentioned: Mentioned | None = None
    unread: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        mentioned = self.mentioned
        return {
            "reason": self.reason.value,
            "missing": [asdict(one) for one in self.missing],
            "did_you_mean": self.corrected or None,
            "mentioned": {**asdict(mentioned), "words": list(mentioned.words)} if mentioned else None,
            "unread": list(self.unread),
        }
