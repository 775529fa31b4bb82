"""Why the minutes do not answer a question, and what can be said of it all the same.

Nothing is guessed: that something stands nowhere was looked up in the words of all passages that the filters
allow, and where it is mentioned was counted there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.answering.lookup import Lookup, Spelling
from index.answering.states import Mentioned, Missing, Reason, Silence
from index.answering.texts import silence_in_words
from index.answering.things import Kind, Thing, is_mistyped, things_in
from index.generation import Generation
from index.lexical import Scope, terms
from index.passage_table import date_number
from index.passages import spoken_date
from index.query import parse_query
from index.records import Answer
from index.references import days_in
from index.search import NOTHING_WITHIN, Ranking, find_scope
from index.setting import Month, councils_in, months_in

#: No more than so many things are named as missing, or as mentioned together.
MOST_NAMED = 3
_WHOLE_YEAR = (1, 12)


def silence_of(generation: Generation, ranking: Ranking, question: str) -> Silence:
    """Return why `question` has no answer in what its filters allow."""
    scope, notes = find_scope(generation.table, ranking.parsed.filters)
    limited = bool(notes) or not scope.unlimited
    if notes:
        others = tuple(note for note in notes if note != NOTHING_WITHIN)
        return Silence(Reason.NOTHING_WITHIN, limited, notes=others)
    parsed = parse_query(question)
    lookup = Lookup(generation, scope)
    things = things_in(parsed)
    if limits := _vain_limits(generation, scope, parsed.words, always=not things):
        return Silence(Reason.NOTHING_WITHIN, limited, limits=limits)
    found = {thing: _found(lookup, thing) for thing in things}
    missing = tuple(one for thing in things for one in _missing(lookup, thing, found[thing]))[:MOST_NAMED]
    if missing:
        return Silence(
            Reason.NOT_MENTIONED, limited, missing=missing, corrected=_corrected(question, missing)
        )
    return Silence(Reason.NOT_STATED, limited, mentioned=_mentioned(generation, lookup, found.values()))


def names_nothing_known(generation: Generation, ranking: Ranking, question: str) -> bool:
    """Tell whether `question` names what stands nowhere in the minutes that its filters allow.

    Then nothing in them can answer, however near it seems: a name of which no word stands anywhere, or a
    matter of whose words none does. One unusual word beside others proves nothing, as people have their own
    words for things.
    """
    scope, notes = find_scope(generation.table, ranking.parsed.filters)
    if notes or not generation.table.count:
        return False
    lookup = Lookup(generation, scope)
    things = things_in(parse_query(question))
    names = [_found(lookup, one) for one in things if one.kind is Kind.NAME]
    matters = [_found(lookup, one) for one in things if one.kind is Kind.MATTER]
    return any(one.absent for one in names) or (bool(matters) and not any(one.occurring for one in matters))


def with_unread(answer: Answer, unread: Sequence[str]) -> Answer:
    """Return an answer that names the sources that could not be looked at where it is none.

    Where there are no minutes within the filters at all, these sources are the reason.
    """
    if answer.silence is None or not unread:
        return answer
    reason = answer.silence.reason
    told = replace(
        answer.silence,
        reason=Reason.NOT_READ if reason is Reason.NOTHING_WITHIN else reason,
        unread=tuple(unread),
    )
    return replace(answer, silence=told, answer=silence_in_words(told))


@dataclass(frozen=True, slots=True)
class _Found:
    """How a thing occurs: `whole` as it stands, or `words` each by itself; None where it does not."""

    whole: Spelling | None
    words: tuple[tuple[str, Spelling | None], ...] = ()

    @property
    def occurring(self) -> list[Spelling]:
        """What of it occurs, in as few spellings as possible."""
        return [self.whole] if self.whole else [one for _, one in self.words if one]

    @property
    def absent(self) -> list[str]:
        """The words that do not occur."""
        return [] if self.whole else [word for word, spelling in self.words if not spelling]


def _found(lookup: Lookup, thing: Thing) -> _Found:
    whole = Spelling.of(thing.text)
    if lookup.holds([whole]):
        return _Found(whole)
    match thing.kind:
        case Kind.REFERENCE:
            return _Found(None, () if lookup.has_reference(thing.text) else ((thing.text, None),))
        case Kind.PHRASE:
            return _Found(None, ((thing.text, None),))
        case Kind.NAME | Kind.MATTER:
            words = ((word, lookup.spelling_of(word, thing.kind)) for word in thing.words)
            return _Found(None, tuple(one for one in words if one[1] or not is_mistyped(one[0])))


def _missing(lookup: Lookup, thing: Thing, found: _Found) -> Iterator[Missing]:
    """Yield what of a thing stands nowhere."""
    if thing.kind is Kind.PHRASE and found.absent:
        each = [[Spelling(term, (term,))] for term in Spelling.of(thing.text).terms]
        yield Missing(thing.text, apart=lookup.holds(*each))
        return
    for word in found.absent:
        yield Missing(word, "" if thing.kind is Kind.REFERENCE else lookup.nearest(word, thing.kind))
    parts = [[one] for one in found.occurring]
    if thing.kind is Kind.NAME and not found.absent and len(parts) > 1 and not lookup.holds(*parts):
        yield Missing(thing.text, apart=True)


def _corrected(question: str, missing: Sequence[Missing]) -> str:
    corrected = question
    for one in missing:
        if one.nearest:
            # A function, as a backslash would be more than a backslash.
            whole_word = rf"(?<!\w){re.escape(one.words)}(?!\w)"
            corrected = re.sub(whole_word, lambda _, new=one.nearest: new, corrected, count=1)  # type: ignore[misc]
    return corrected if corrected != question else ""


def _mentioned(generation: Generation, lookup: Lookup, found: Iterable[_Found]) -> Mentioned | None:
    """Return where the rarest things that a question names stand together, None where it names none."""
    occurring = tuple(dict.fromkeys(spelling for one in found for spelling in one.occurring))
    together: list[Spelling] = []
    for one in sorted(occurring, key=lambda one: (lookup.frequency(one), one.words))[:MOST_NAMED]:
        if lookup.holds(*([other] for other in (*together, one))):
            together.append(one)
    if not together:
        return None
    numbers = lookup.mentions(together)
    words = tuple(one.words for one in occurring if one in together)
    return _counted(generation, numbers, words) if numbers else None


def _counted(generation: Generation, numbers: Iterable[int], words: tuple[str, ...]) -> Mentioned:
    meetings, undated = set(), set()
    for number in numbers:
        header = generation.shelves.numbered(number)
        if header.meeting_date:
            meetings.add((header.council, header.committee, header.meeting_date))
        else:
            undated.add(number)
    days = [day for _, _, day in meetings]
    return Mentioned(
        words,
        len(meetings),
        len(undated),
        min(days, default=None),
        max(days, default=None),
        " ".join(f'"{word}"' for word in words),
    )


@dataclass(frozen=True, slots=True)
class _Period:
    """Days to which a question limits the minutes, from `first` to `last` (20260115 for 15 January 2026).

    `words` name them, and where one of `mentions` stands in minutes, they may be what is asked about.
    """

    first: int
    last: int
    words: str
    mentions: tuple[str, ...]


def _vain_limits(generation: Generation, scope: Scope, words: str, *, always: bool) -> str:
    """Return to what a question limits the minutes by itself if there are none: "from 2035", "" otherwise.

    Whoever speaks of 2035 may be asked about 2035, whenever that was: so a year that is mentioned is no
    limit, unless `always` one.
    """
    periods = [*map(_of_day, days_in(words))] or [*map(_of_month, months_in(words))]
    if not periods:
        return ""
    table = generation.table
    named = councils_in(terms(words), scope.councils or table.values("council"))
    within = replace(scope, councils=named) if named else scope
    if table.extent(within).first is None or any(
        table.allowed(_limited(within, period)).any() for period in periods
    ):
        return ""
    lookup = Lookup(generation, within)
    mentioned = (Spelling.of(one) for period in periods for one in period.mentions)
    if not always and lookup.holds([*mentioned]):
        return ""
    days = " or ".join(period.words for period in periods)
    return (f"of {named[0]} " if len(named) == 1 else "") + f"from {days}"


def _of_day(day: date) -> _Period:
    number, words = date_number(day.isoformat()), spoken_date(day.isoformat())
    _, month, year = words.split()
    ordinals = (f"{day.day}{ending} {month} {year}" for ending in ("st", "nd", "rd", "th"))
    return _Period(number, number, words, (words, *ordinals, f"{month} {day.day} {year}"))


def _of_month(month: Month) -> _Period:
    first, last = (month.month, month.month) if month.month else _WHOLE_YEAR
    words = spoken_date(f"{month.year}-{first:02}-01").partition(" ")[2] if month.month else str(month.year)
    begin = month.year * 10_000
    return _Period(begin + first * 100 + 1, begin + last * 100 + 31, words, (str(month.year),))


def _limited(scope: Scope, period: _Period) -> Scope:
    first = max(period.first, scope.first_date or 1)
    return replace(scope, first_date=first, last_date=min(period.last, scope.last_date or 99_999_999))
