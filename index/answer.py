"""Extractive answers: the sentences of the record that answer a question, verbatim, or none.

Nothing is said that is not quoted. The words round the quotes only name the body, the day and the title,
and say where the minutes themselves point for more.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import exp
from statistics import fmean
from time import perf_counter

import numpy as np

from corpus.records import Document
from index.answering.silence import names_nothing_known, silence_of
from index.answering.texts import MAY_ANSWER, silence_in_words
from index.embedding import QueryEmbedder
from index.evidence import DECIDING, PLACED, Evidence, Weigher
from index.generation import Generation
from index.lexical import terms
from index.links import link_to
from index.passage_table import StoredPassage
from index.passages import spoken_date
from index.pointers import holds, pointed_to
from index.question import Question, QuestionKind, understand
from index.records import Answer, Filters, Quote
from index.references import mentions
from index.refusal import Signals, confidence
from index.reranking import Reranker
from index.search import Ranking, make_hits, rank
from index.settings import AnswerSettings
from index.units import Unit, completed, says_something, units_of, with_introduced

#: Passages whose sentences are considered.
PASSAGES = 10
#: How far the others are behind the best passage where there is an answer; in so little text that there are
#: no others, nothing can be told by that.
USUALLY_BEHIND = 4.4
#: The first few, of passages and of sentences, decide whether there is an answer at all.
BEST = 3
#: A document of at most this many passages is an agenda item, and is read whole.
ITEM_PASSAGES = 12
#: A further quote must be this good beside the best one.
SHARE_OF_BEST = 0.6
#: One out of another document even more so: it is about something else more often than not.
SHARE_ELSEWHERE = 0.75
#: The reasons that a decision gives are quoted beside the replies if they meet so much of the question.
REASON_COVERAGE = 0.4
#: A quote beyond this many words needs to meet the question's exact reference.
WORDS = 100
#: Two sentences with such a share of their terms in common say almost the same.
ALMOST = 0.7
#: The number of a page, alone between two paragraphs, is no evidence.
_SAYS = re.compile(r"[^\W\d_]|[£€$%]")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A span to quote, and the evidence for it."""

    evidence: Evidence
    start: int
    end: int

    @property
    def document(self) -> Document:
        return self.evidence.unit.document


def answer(
    generation: Generation,
    embedder: QueryEmbedder,
    question: str,
    *,
    settings: AnswerSettings,
    filters: Filters | None = None,
    k: int = 10,
    reranker: Reranker | None = None,
) -> Answer:
    """Answer `question` from `generation`, with quotes, or say that the minutes do not say.

    Raises:
        UsageError: the question is empty, too long or without words.
    """
    started = perf_counter()
    ranking = rank(generation, embedder, question, filters, reranker=reranker)
    given = answer_out_of(generation, question, ranking, settings=settings, k=k)
    return replace(given, seconds=round(perf_counter() - started, 3))


def answer_out_of(
    generation: Generation, question: str, ranking: Ranking, *, settings: AnswerSettings, k: int = 10
) -> Answer:
    """Answer `question` out of what was found for it."""
    started = perf_counter()
    asked = understand(ranking.parsed.words)
    weigher = Weigher(asked, generation.lexical.frequency, generation.table.count)
    evidence = weighed(generation, ranking, weigher)
    sure = confidence(signals_of(evidence, ranking, weigher)) if evidence else 0.0
    if sure >= settings.maybe and names_nothing_known(generation, ranking, question):
        sure = 0.0
    quotable = [one for one in evidence if says_something(one.unit)] if sure >= settings.maybe else []
    chosen = choose(asked, quotable, settings.max_quotes) if quotable else []
    quotes = tuple(_quote(one) for one in chosen)
    answered = bool(quotes) and sure >= settings.threshold
    silence = None if quotes else silence_of(generation, ranking, question)
    return Answer(
        question=question,
        answered=answered,
        answer=silence_in_words(silence) if silence is not None else _worded(chosen, quotes, sure=answered),
        silence=silence,
        quotes=quotes,
        hits=make_hits(ranking.ranked[:k]),
        generation=generation.name,
        model=generation.manifest.model,
        seconds=round(perf_counter() - started, 3),
        confidence=sure,
    )


def weighed(generation: Generation, ranking: Ranking, weigher: Weigher) -> list[Evidence]:
    """Return the evidence of what can be quoted out of the passages that are read, best first."""
    read = _read(ranking, generation)
    cosines = generation.sentences.cosines([passage.row for passage, _ in read], ranking.vector)
    found = [
        weigher.weigh(unit, max(0.0, float(own[slice(*unit.sentences)].max())), share)
        for (passage, share), own in zip(read, cosines, strict=True)
        for unit in units_of(passage)
        if _SAYS.search(unit.text)
    ]
    return sorted(found, key=lambda one: -one.score)


def _read(ranking: Ranking, generation: Generation) -> list[tuple[StoredPassage, float]]:
    """Return the passages to read, each with its share of the best score.

    An agenda item is read whole when one of its passages leads: its reasons and its resolution often
    share no word with the question.
    """
    best = ranking.ranked[:PASSAGES]
    if not best:
        return []
    # Scores are logarithms of odds, so a difference is a share.
    passages = [(one.passage, min(1.0, exp(one.odds - best[0].odds))) for one in best]
    number = generation.table.document_of[best[0].passage.row]
    rows = np.flatnonzero(generation.table.document_of == number)
    if len(rows) <= ITEM_PASSAGES and not ranking.limited:
        known = {one.passage.row for one in best}
        rest = generation.table.passages(row for row in rows.tolist() if row not in known)
        passages[1:1] = [(passage, 0.0) for passage in rest]
    return passages


def signals_of(evidence: Sequence[Evidence], ranking: Ranking, weigher: Weigher) -> Signals:
    """Return what speaks for an answer being there; `evidence` and `ranking` hold at least one."""
    first, *others = ranking.ranked[:PASSAGES]
    behind = [first.odds - one.odds for one in others]
    behind += [USUALLY_BEHIND] * (PASSAGES - 1 - len(behind))
    best = ranking.ranked[:BEST]
    references = weigher.question.references
    return Signals(
        score=first.odds,
        margin=fmean(behind),
        cued=max(first.cued, *(_cued(one, first.passage, weigher) for one in evidence)),
        evidence=evidence[0].score,
        referenced=float(
            not references
            or any(one.referenced for one in evidence)
            or any(_met_by_day(reference, one.passage.document) for reference in references for one in best)
        ),
    )


def _cued(one: Evidence, best: StoredPassage, weigher: Weigher) -> float:
    """Return the share of the question that a sentence meets which has the form of an answer to it.

    What stands in a section of decisions has that form, and, in the best passage, what stands under a line
    that names the matter of the question.
    """
    if one.fits >= PLACED and one.told >= 0.999:
        return 1.0
    titled = one.unit.passage.row == best.row and one.fits and weigher.met(one.unit.under)
    return one.told if titled else 0.0


def _met_by_day(reference: str, document: Document) -> bool:
    """Tell whether a reference is the day of the meeting, which its minutes need not repeat."""
    return document.meeting_date is not None and mentions(reference, spoken_date(document.meeting_date))


def choose(question: Question, evidence: Sequence[Evidence], most: int) -> list[_Chosen]:
    """Choose what to quote, in the order in which it reads well: by document, as it stands there."""
    best = evidence[0]
    listed = question.kind is QuestionKind.DECISION and best.fits >= PLACED
    reason = _reason(question, evidence)
    chosen: list[_Chosen] = []
    quoted: set[str] = set()  # the same words stand in a draft and in its final, and are said once
    words = 0
    for one in evidence:
        if len(chosen) >= most:
            break
        sibling = listed and _same_section(one.unit, best.unit)
        share = SHARE_OF_BEST if one.unit.document.id == best.unit.document.id else SHARE_ELSEWHERE
        close = one.score >= share * best.score and one.fits >= min(best.fits, PLACED if listed else 0.4)
        disagrees = any(_disagree(one.unit, other.evidence.unit) for other in chosen)
        due = one is best or one is reason or sibling or one.referenced or disagrees
        if not (due or close) or any(_overlap(one.unit, other) for other in chosen):
            continue
        if (said := " ".join(terms(one.unit.text))) in quoted:
            continue
        if words + one.unit.words > WORDS and not due:
            continue
        span = with_introduced(completed(one.unit, _before(one.unit, evidence)))
        chosen.append(_Chosen(one, span.start, span.end))
        quoted.add(said)
        words += 0 if one.referenced else span.words
    chosen += _pointers(question, evidence, chosen)
    documents = list(dict.fromkeys(one.document.id for one in chosen))
    chosen.sort(key=lambda one: (documents.index(one.document.id), one.start))
    return _merged(chosen)


def _reason(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the sentence in which the document that answers gives the reasons for its decision."""
    if question.kind is not QuestionKind.WHY:
        return None
    document = evidence[0].unit.document.id
    given = (one for one in evidence if one.unit.document.id == document and one.fits == 1)
    return next((one for one in given if one.coverage >= REASON_COVERAGE), None)


def _pointers(
    question: Question, evidence: Sequence[Evidence], chosen: Sequence[_Chosen]
) -> Iterable[_Chosen]:
    """Yield the sentence by which a quoted document itself points elsewhere for what is asked."""
    if question.kind not in (QuestionKind.WHY, QuestionKind.HOW_MUCH, QuestionKind.OTHER):
        return
    documents = {one.document.id for one in chosen}
    for one in evidence:
        if one.unit.document.id not in documents or one.unit.role in DECIDING:
            continue
        place = pointed_to(one.unit.text)
        if place is None:
            continue
        if holds(one.unit.document.text, place) or (one.coverage < 0.15 and one.cosine < 0.3):
            continue
        if not any(_overlap(one.unit, other) for other in chosen):
            yield _Chosen(one, one.unit.start, one.unit.end)
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
        and abs(a.start - b.start) < 2_000
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


def _overlap(unit: Unit, chosen: _Chosen) -> bool:
    return unit.document.id == chosen.document.id and unit.start < chosen.end and chosen.start < unit.end


def _merged(chosen: Sequence[_Chosen]) -> list[_Chosen]:
    """Join quotes that stand side by side in one paragraph or list."""
    merged: list[_Chosen] = []
    for one in chosen:
        if merged and merged[-1].document.id == one.document.id:
            last = merged[-1]
            between = one.document.text[last.end : one.start]
            if one.start <= last.end or (not between.strip() and between.count("\n") <= 1):
                merged[-1] = _Chosen(last.evidence, last.start, max(last.end, one.end))
                continue
        merged.append(one)
    return merged


def _quote(one: _Chosen) -> Quote:
    document = one.document
    return Quote(
        text=document.text[one.start : one.end],
        document_id=document.id,
        url=document.url,
        start=one.start,
        end=one.end,
        title=document.title,
        council=document.council,
        committee=document.committee,
        meeting_date=document.meeting_date,
        section=one.evidence.unit.passage.section,
        link=link_to(document, one.start, one.end),
        points_to=_points_to(one) or "",
    )


def _points_to(one: _Chosen) -> str | None:
    """Return where the quoted words point to, if that is no part of their document."""
    place = pointed_to(one.document.text[one.start : one.end])
    outside = place and one.evidence.unit.role not in DECIDING and not holds(one.document.text, place)
    return place if outside else None


def _worded(chosen: Sequence[_Chosen], quotes: Sequence[Quote], *, sure: bool) -> str:
    """Return the answer as text: who, when and where, then each quote with its number."""
    lines: list[str] = [] if sure else [MAY_ANSWER]
    numbered = list(enumerate(zip(chosen, quotes, strict=True), start=1))
    for _, group in groupby(numbered, key=lambda pair: pair[1][1].document_id):
        of_one = [(number, one, quote) for number, (one, quote) in group]
        lines.append(f"{introduction(of_one[0][1].document)}:")
        lines += [f"“{' '.join(quote.text.split())}” [{number}]" for number, _, quote in of_one]
        lines += [
            f"The minutes point to {quote.points_to}, which is not part of this document [{number}]."
            for number, _, quote in of_one
            if quote.points_to
        ]
    return "\n".join(lines)


def introduction(document: Document) -> str:
    """Return which body it was, and when, and the title of what is quoted."""
    body = ", ".join(part for part in (document.council, document.committee) if part)
    when = spoken_date(document.meeting_date) or "date not given"
    draft = " (draft)" if document.status == "draft" else ""
    return f"{body or 'The minutes'}, {when}: {document.title}{draft}"
