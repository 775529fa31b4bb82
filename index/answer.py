"""Extractive answers: the sentences of the record that answer a question, verbatim, or none.

Nothing is said that is not quoted. The words round the quotes only name the body, the day and the title,
and say where the minutes themselves point for more.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import fmean
from time import perf_counter

from corpus.records import Document
from index.answering.chooser import chances_of
from index.answering.choosing import Chosen, choose
from index.answering.looking import PASSAGES, look
from index.answering.silence import names_nothing_known, silence_of
from index.answering.texts import MAY_ANSWER, silence_in_words
from index.embedding import QueryEmbedder
from index.evidence import DECIDING, PLACED, Evidence, Weigher
from index.generation import Generation
from index.links import link_to
from index.passage_table import StoredPassage
from index.passages import spoken_date
from index.pointers import holds, pointed_to
from index.question import understand
from index.records import Answer, Filters, Quote
from index.references import mentions
from index.refusal import Signals, confidence
from index.reranking import Reranker
from index.search import Ranking, make_hits, rank
from index.settings import AnswerSettings

#: How far the others are behind the best passage where there is an answer; in so little text that there are
#: no others, nothing can be told by that.
USUALLY_BEHIND = 4.4
#: The first few, of passages and of sentences, decide whether there is an answer at all.
BEST = 3


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
    found = look(generation, ranking, weigher)
    evidence = sorted(found.evidence, key=lambda one: -one.score)
    sure = confidence(signals_of(evidence, ranking, weigher)) if evidence else 0.0
    if sure >= settings.maybe and names_nothing_known(generation, ranking, question):
        sure = 0.0
    quotable = found.evidence if sure >= settings.maybe else ()
    chosen = choose(asked, quotable, chances_of(found), settings.max_quotes) if quotable else []
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
    return sorted(look(generation, ranking, weigher).evidence, key=lambda one: -one.score)


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


def _quote(one: Chosen) -> Quote:
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


def _points_to(one: Chosen) -> str | None:
    """Return where the quoted words point to, if that is no part of their document."""
    place = pointed_to(one.document.text[one.start : one.end])
    outside = place and one.evidence.unit.role not in DECIDING and not holds(one.document.text, place)
    return place if outside else None


def _worded(chosen: Sequence[Chosen], quotes: Sequence[Quote], *, sure: bool) -> str:
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
