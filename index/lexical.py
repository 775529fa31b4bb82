"""Lexical search: BM25 in Tantivy over the text of passages and their headings.

Words are lower-cased, freed of accents and stemmed (Snowball English); `terms` does the same to any text.
A passage is known here by its row, as in `index.vectors`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
import tantivy
from tantivy import FieldType, Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from corpus.errors import GenerationError
from index.vectors import Rows, Scores

#: Words of a heading say what a passage is about; those of its text say what it says.
HEADING_WEIGHT = 0.4
#: An exact reference ("recommendation 12") outweighs its words standing apart.
PHRASE_WEIGHT = 2.0

_ANALYZER = "minutes"

STOP_WORDS = frozenset(
    "a an and any are as at be been but by can could did do does for from had has have he her him his how i "
    "if in into is it its me my no nor not of on or our shall she should so than that the their them then "
    "there these they this those to us was we were what when where which who whom whose why will with would "
    "you your about happened happen said say says tell give me please summarize summarise summary discussion "
    "discuss discussed debate debated think thought opinion opinions talking talked describe explain "
    "according".split()
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The values that filters allow; None allows all. Dates are numbers, 20260115 for 15 January 2026."""

    councils: tuple[str, ...] | None = None
    committees: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    first_date: int | None = None
    last_date: int | None = None

    @property
    def unlimited(self) -> bool:
        """Tell whether everything is allowed."""
        return self == Scope()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, in terms.

    `phrases` and one of each of `alternatives` must be there, nothing of `excluded`; `terms` and
    `references` (sequences of terms) count towards the score. No sequence is empty. A term in the heading
    counts `in_heading` times one in the text; with `text_only`, what must be there must be in the text.
    """

    terms: tuple[str, ...] = ()
    references: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[tuple[tuple[str, ...], ...], ...] = ()
    in_heading: float = HEADING_WEIGHT
    text_only: bool = False

    @property
    def strict(self) -> bool:
        """Tell whether some passages are ruled out."""
        return bool(self.phrases or self.excluded or self.alternatives)


def _analyzer() -> tantivy.TextAnalyzer:
    words = TextAnalyzerBuilder(Tokenizer.regex(r"[\p{L}\p{N}]+"))
    words = words.filter(Filter.remove_long(60)).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    return words.filter(Filter.stemmer("english")).build()


_SHARED_ANALYZER = _analyzer()


def rarity(frequency: int, passages: int) -> float:
    """Return what a term tells that stands in so many of the passages: its inverse document frequency."""
    return log(1 + (passages + 1) / (frequency + 0.5))


def terms(text: str) -> list[str]:
    """Return the terms that `text` is searched by, in order."""
    # What people type may hold half a character (a lone surrogate), which no document does.
    return list(_SHARED_ANALYZER.analyze(text.encode("utf-8", "replace").decode()))


def content_terms(text: str) -> list[str]:
    """Return the terms of `text` without the words that stand in every question; all if nothing is left."""
    stop = _STOP_TERMS
    found = terms(text)
    return [term for term in found if term not in stop] or found


_STOP_TERMS = frozenset(term for word in STOP_WORDS for term in terms(word))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    builder.add_text_field("text", stored=False, tokenizer_name=_ANALYZER)
    builder.add_text_field("heading", stored=False, tokenizer_name=_ANALYZER)
    for name in ("council", "committee", "kind"):
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", stored=False, indexed=True, fast=True)
    return builder.build()


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """What is indexed of one passage; `date` as in `Scope`, 0 for none."""

    row: int
    text: str
    heading: str
    council: str
    committee: str
    kind: str
    date: int


class LexicalWriter:
    """Fills a new index, as one segment in the order of rows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._index = tantivy.Index(_schema(), path=str(folder))
        self._index.register_tokenizer(_ANALYZER, _analyzer())
        self._writer = self._index.writer(heap_size=256_000_000, num_threads=1)

    def add(self, row: LexicalRow) -> None:
        """Add one passage."""
        document = tantivy.Document()
        document.add_unsigned("row", row.row)
        document.add_unsigned("date", row.date)
        for name in ("text", "heading", "council", "committee", "kind"):
            document.add_text(name, getattr(row, name))
        self._writer.add_document(document)

    def close(self) -> None:
        """Commit, and wait until the files are final."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class LexicalIndex:
    """A finished index, read only.

    Raises:
        GenerationError: the folder holds no such index.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            reason = " ".join(str(error).split())[:200]
            raise GenerationError(
                f"the words in {folder} cannot be read ({reason}); run: minutebook index"
            ) from error
        self._index.register_tokenizer(_ANALYZER, _analyzer())
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self.count = int(self._searcher.num_docs)

    def frequency(self, term: str) -> int:
        """Return the number of passages whose text holds `term`."""
        return int(self._searcher.doc_freq("text", term))

    def frequencies(self) -> dict[str, int]:
        """Return each term with the number of passages whose text, or else whose heading, holds it."""
        return {
            term: int(count)
            for field in ("heading", "text")
            for term, count in self._searcher.terms_with_prefix(field, "")
        }

    def best(self, wanted: Wanted, scope: Scope, limit: int) -> tuple[Rows, Scores]:
        """Return the rows with the highest BM25 scores, best first."""
        scored = self._scored(wanted)
        if scored is None:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return self._run([(Occur.Must, scored), *self._limits(wanted, scope)], limit)

    def scores(self, wanted: Wanted, rows: Sequence[int]) -> dict[int, float]:
        """Return the BM25 scores of those of `rows` that have one."""
        scored = self._scored(wanted)
        if scored is None or not rows:
            return {}
        among = Query.const_score_query(Query.term_set_query(self._schema, "row", list(rows)), 0.0)
        found, scores = self._run([(Occur.Must, scored), (Occur.Must, among)], len(rows))
        return dict(zip(found.tolist(), scores.tolist(), strict=True))

    def allowed(self, wanted: Wanted, scope: Scope) -> Rows:
        """Return every row that the scope and the strict parts of `wanted` allow."""
        return self._run(self._only(wanted, scope), max(self.count, 1))[0]

    def any_allowed(self, wanted: Wanted, scope: Scope) -> bool:
        """Tell whether `allowed` returns any row, in a fraction of its time."""
        return len(self._run(self._only(wanted, scope), 1)[0]) > 0

    def _only(self, wanted: Wanted, scope: Scope) -> list[tuple[Occur, Query]]:
        limits = self._limits(wanted, scope)
        if not any(occur == Occur.Must for occur, _ in limits):
            limits.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        return limits

    def _run(self, parts: list[tuple[Occur, Query]], limit: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(Query.boolean_query(parts), limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.asarray(rows, dtype=np.int64), np.asarray([score for score, _ in hits], dtype=np.float32)

    def _scored(self, wanted: Wanted) -> Query | None:
        words = dict.fromkeys(wanted.terms)
        parts = [(Occur.Should, self._term("text", word)) for word in words]
        if wanted.in_heading:
            parts += [
                (Occur.Should, Query.boost_query(self._term("heading", word), wanted.in_heading))
                for word in words
            ]
        parts += [
            (Occur.Should, Query.boost_query(self._sequence("text", words), PHRASE_WEIGHT))
            for words in (*wanted.references, *wanted.phrases)
        ]
        return Query.boolean_query(parts) if parts else None

    def _limits(self, wanted: Wanted, scope: Scope) -> list[tuple[Occur, Query]]:
        fields = ("text",) if wanted.text_only else ("text", "heading")
        parts = [(Occur.Must, self._in_any(fields, [words])) for words in wanted.phrases]
        parts += [(Occur.Must, self._in_any(fields, words)) for words in wanted.alternatives]
        parts += [(Occur.MustNot, self._in_any(fields, [words])) for words in wanted.excluded]
        for field, values in (
            ("council", scope.councils),
            ("committee", scope.committees),
            ("kind", scope.kinds),
        ):
            if values is not None:
                parts.append((Occur.Must, Query.term_set_query(self._schema, field, list(values))))
        if scope.first_date is not None or scope.last_date is not None:
            bounds = (scope.first_date or 1, scope.last_date or 99_999_999)
            dates = Query.range_query(self._schema, "date", FieldType.Unsigned, *bounds)
            parts.append((Occur.Must, dates))
        return [
            (occur, query if occur == Occur.MustNot else Query.const_score_query(query, 0.0))
            for occur, query in parts
        ]

    def _in_any(self, fields: Sequence[str], choices: Iterable[Sequence[str]]) -> Query:
        parts = [(Occur.Should, self._sequence(field, words)) for words in choices for field in fields]
        return Query.boolean_query(parts)

    def _sequence(self, field: str, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return self._term(field, words[0])
        return Query.phrase_query(self._schema, field, list(words))

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word)
