"""What is quoted: the sentences that are likely to belong to the answer, and nothing beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.records import Document
from index.arrays import Array
from index.evidence import DECIDING, PLACED, Evidence, refers_elsewhere
from index.lexical import terms
from index.pointers import holds, pointed_to
from index.question import Question, QuestionKind
from index.sentences import sentence_spans
from index.units import Unit, completed, says_something, with_introduced

#: A further quote has at least such a share of the best one's chance …
SHARE_OF_BEST = 0.35
#: … one out of another document even more: it is about something else more often than not …
SHARE_ELSEWHERE = 0.5
#: … and such a chance at least.
FLOOR = 0.05
#: Who asks for a decision is shown the resolution if it has such a share of the best chance.
SHARE_OF_RESOLUTION = 0.1
#: Of what is asked, so much is all of it.
ALL_TOLD = 0.999
#: A resolution and its title meet so much of what is asked.
TITLE_TOLD = 0.5
#: The reasons that a decision gives are quoted beside the replies if they meet so much of the question.
REASON_COVERAGE = 0.4
#: Two sentences with such a share of their terms in common say almost the same.
ALMOST = 0.7
#: What was put to the vote is quoted with how it went, if that follows within so many characters.
OUTCOME_CHARACTERS = 160
#: The parts of a resolution stand within so many characters of each other.
RESOLUTION_CHARACTERS = 2_000
_MOVED = re.compile(r"\b(?:moved|seconded|proposed|resolved|be it|motion|resolution)\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"[*_\s]*(?:(?:the )?(?:motion|resolution|amendment|vote|recommendation)s?\b[^.\n]{0,40}?)?"
    r"(?:was |is |were )?"
    r"\b(?:carried|lost|defeated|passed|tied|withdrawn)\b[^\n]{0,60}"
    r"|[*_\s]*(?:yeas?|nays?|in favou?r|for|against|abstain(?:ed|ing)?|abstentions?)\b\s*[:(]?\s*\d"
    r"[^\n]{0,120}",
    re.IGNORECASE,
)
_LINK = re.compile(r"^\W*(?:https?://|www\.)\S*\W*$|^\W*\[[^\]]*\]\([^)]*\)\W*$")
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d*\W*$")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A span to quote, the evidence for it, and its chance of belonging to the answer."""

    evidence: Evidence
    chance: float
    start: int
    end: int

    @property
    def document(self) -> Document:
        """The document that is quoted."""
        return self.evidence.unit.document


def choose(question: Question, evidence: Sequence[Evidence], chances: Array, most: int) -> list[Chosen]:
    """Choose what to quote, the most likely first; what stands side by side is one quote.

    `evidence` is in the order in which it was read, and `chances` those of each to belong to the answer.
    """
    order = sorted(range(len(evidence)), key=lambda place: (-chances[place], place))
    likely = [
        (one, float(chances[place]))
        for place in order
        if quotable((one := evidence[place]).unit)
        and (one.referenced or not refers_elsewhere(question.references, one.unit.text))
    ]
    if not likely:
        return []
    chosen: list[Chosen] = []
    quoted: set[str] = set()  # the same words stand in a draft and in its final, and are said once
    for one, chance in _wanted(question, likely):
        if len(chosen) >= most or any(_overlap(one.unit, other) for other in chosen):
            continue
        if (said := " ".join(terms(one.unit.text))) in quoted:
            continue
        first = _first_said(one, evidence)
        span = whole(first.unit, _before(first.unit, evidence))
        chosen.append(Chosen(first, chance, span.start, span.end))
        quoted.add(said)
    chosen += _pointers(question, [one for one, _ in likely], chosen)
    return _merged(chosen)


def _first_said(one: Evidence, evidence: Iterable[Evidence]) -> Evidence:
    """Return where a document says for the first time what `one` says, of what was read."""
    text, document = one.unit.text, one.unit.document.id
    again = (other for other in evidence if other.unit.document.id == document and other.unit.text == text)
    return min(again, key=lambda other: other.unit.start, default=one)


def quotable(unit: Unit) -> bool:
    """Tell whether `unit` may be quoted: it tells something, and is no link and no line of contents."""
    text = unit.text
    return says_something(unit) and not _LINK.match(text) and not _CONTENTS.search(text)


def _wanted(question: Question, likely: Sequence[tuple[Evidence, float]]) -> Iterator[tuple[Evidence, float]]:
    """Yield what is due beside the best, and what is likely enough."""
    resolved = [one for one in likely if question.kind is QuestionKind.DECISION and _resolves(one[0])]
    listed = bool(resolved) and (
        resolved[0][1] >= SHARE_OF_RESOLUTION * likely[0][1] or _meets_all(resolved[0][0])
    )
    best, top = resolved[0] if listed else likely[0]
    reason = _reason(question, [one for one, _ in likely])
    taken = [best]
    yield best, top
    for one, chance in likely:
        same = one.unit.document.id == best.unit.document.id
        close = chance >= (SHARE_OF_BEST if same else SHARE_ELSEWHERE) * top and chance >= FLOOR
        due = (
            one is reason
            or (best.referenced and one.referenced)
            or (listed and _same_section(one.unit, best.unit))
            or any(_disagree(one.unit, other.unit) for other in taken)
        )
        if one is not best and (due or (close and (one.fits >= PLACED or not listed))):
            taken.append(one)
            yield one, chance


def _resolves(one: Evidence) -> bool:
    """Tell whether a sentence is a resolution: by its section, or under a title that meets the question."""
    return one.fits >= PLACED or (one.fits > 0 and bool(one.unit.under) and one.told >= TITLE_TOLD)


def _meets_all(one: Evidence) -> bool:
    return one.told >= ALL_TOLD


def whole(unit: Unit, before: Unit | None) -> Unit:
    """Return `unit` with what it cannot be read without.

    That is the sentence on which it leans, what it introduces, and how the vote on it went.
    """
    return _with_outcome(with_introduced(completed(unit, before)))


def _with_outcome(unit: Unit) -> Unit:
    """Return `unit` with the line that follows a motion and tells what became of it."""
    if not _MOVED.search(unit.text):
        return unit
    text, end = unit.document.text, unit.end
    for start, last in sentence_spans(text, unit.end, min(len(text), unit.end + OUTCOME_CHARACTERS)):
        if not _OUTCOME.fullmatch(text, start, last):
            break
        end = last
    return replace(unit, end=end)


def _reason(question: Question, likely: Sequence[Evidence]) -> Evidence | None:
    """Return the sentence in which the document that answers gives the reasons for its decision."""
    if question.kind is not QuestionKind.WHY:
        return None
    document = likely[0].unit.document.id
    given = (one for one in likely if one.unit.document.id == document and one.fits == 1)
    return next((one for one in given if one.coverage >= REASON_COVERAGE), None)


def _pointers(question: Question, likely: Sequence[Evidence], chosen: Sequence[Chosen]) -> Iterable[Chosen]:
    """Yield the sentence by which a quoted document itself points elsewhere for what is asked."""
    if question.kind not in (QuestionKind.WHY, QuestionKind.HOW_MUCH, QuestionKind.OTHER):
        return
    documents = {one.document.id for one in chosen}
    for one in sorted(likely, key=lambda one: -one.score):
        if one.unit.document.id not in documents or one.unit.role in DECIDING:
            continue
        place = pointed_to(one.unit.text)
        if place is None:
            continue
        if holds(one.unit.document.text, place) or (one.coverage < 0.15 and one.cosine < 0.3):
            continue
        if not any(_overlap(one.unit, other) for other in chosen):
            yield Chosen(one, 0.0, one.unit.start, one.unit.end)
        return


def _before(unit: Unit, evidence: Iterable[Evidence]) -> Unit | None:
    earlier = [
        one.unit
        for one in evidence
        if one.unit.document.id == unit.document.id and one.unit.end <= unit.start
    ]
    return max(earlier, key=lambda one: one.end, default=None)


def _same_section(a: Unit, b: Unit) -> bool:
    return (
        a.document.id == b.document.id
        and bool(a.role)
        and a.passage.section == b.passage.section
        and abs(a.start - b.start) < RESOLUTION_CHARACTERS
    )


def _disagree(a: Unit, b: Unit) -> bool:
    """Tell whether two documents of one meeting say almost the same: a reader must see both, dated.

    A draft and its final may differ in nothing but the amount that was asked for.
    """
    if a.document.id == b.document.id or not a.document.meeting_date or _meeting(a) != _meeting(b):
        return False
    words, others = set(terms(a.text)), set(terms(b.text))
    return words != others and len(words & others) >= ALMOST * len(words | others)


def _meeting(unit: Unit) -> tuple[str, str, str | None]:
    return unit.document.council, unit.document.committee, unit.document.meeting_date


def _overlap(unit: Unit, chosen: Chosen) -> bool:
    return unit.document.id == chosen.document.id and unit.start < chosen.end and chosen.start < unit.end


def _merged(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Return quotes by document, the most likely document first, as they stand there.

    Those that stand side by side in one paragraph or list are joined.
    """
    documents = list(dict.fromkeys(one.document.id for one in chosen))
    merged: list[Chosen] = []
    for one in sorted(chosen, key=lambda one: (documents.index(one.document.id), one.start)):
        if merged and merged[-1].document.id == one.document.id:
            last = merged[-1]
            between = one.document.text[last.end : one.start]
            if one.start <= last.end or (not between.strip() and between.count("\n") <= 1):
                likelier = max(last, one, key=lambda one: one.chance)
                merged[-1] = replace(likelier, start=last.start, end=max(last.end, one.end))
                continue
        merged.append(one)
    return merged
