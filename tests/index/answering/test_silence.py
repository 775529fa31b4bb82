from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from index.answer import answer
from index.answering.silence import silence_of, with_unread
from index.answering.states import Missing, Reason, Silence, State
from index.embedding import HashEmbedder
from index.generation import Generation
from index.query import parse_query
from index.records import Answer, Filters
from index.search import rank, search
from index.settings import AnswerSettings
from tests.factories import COUNCIL, make_document, make_generation

NOTHING = AnswerSettings(threshold=1.0, maybe=1.0)
OTHER = "Brackford Town Council"


@pytest.fixture(scope="module")
def minutes(tmp_path_factory) -> Iterator[Generation]:
    texts = {
        "1": ("The mill bridge at Rathwell was looked at by Councillor Fenn.", COUNCIL, "2019-03-05"),
        "2": ("The mill bridge was closed. Margaret Okoro was thanked.", COUNCIL, "2021-05-12"),
        "3": ("The mill bridge was painted in a new colour.", COUNCIL, "2021-05-12"),
        "4": ("A bridge. The mill was let for £4,750 under resolution 12.", COUNCIL, None),
        "5": ("The sub-committee read a by-law on the harbour.", OTHER, "2020-01-15"),
        "6": ("The agreements on ice cream were renewed.", OTHER, "2020-02-15"),
    }
    documents = [
        make_document(name, text, council=council, meeting_date=day, title=f"Item {name}")
        for name, (text, council, day) in texts.items()
    ]
    with closing(make_generation(tmp_path_factory.mktemp("minutes"), documents)) as generation:
        yield generation


def silent(minutes: Generation, question: str, filters: Filters | None = None) -> Silence:
    ranking = rank(minutes, HashEmbedder(), question, filters)
    return silence_of(minutes, ranking, question)


def test_no_minutes_lie_within_the_filters(minutes):
    for filters in (
        Filters(date_from="2030-01-01"),
        Filters(council="Kant"),
        Filters(date_from="2021", date_to="20"),
    ):
        found = silent(minutes, "What of the mill bridge?", filters)
        assert (found.reason, found.limited, found.missing) == (Reason.NOTHING_WITHIN, True, ())
    assert (
        silent(minutes, "Mill?", Filters(council="Kant")).notes[0].startswith("no council is called 'Kant'")
    )
    assert silent(minutes, "What of the mill bridge? from:2030").reason is Reason.NOTHING_WITHIN


def test_no_minutes_lie_within_the_days_and_the_council_of_the_question(minutes):
    found = silent(minutes, "What was decided about the mill bridge in 2035?")
    assert (found.reason, found.limits, found.limited) == (Reason.NOTHING_WITHIN, "from 2035", False)
    brackford = silent(minutes, "What did Brackford decide in May 2021?")
    assert brackford.limits == f"of {OTHER} from May 2021"
    assert silent(minutes, "What was decided about the mill bridge in May 2021?").reason is Reason.NOT_STATED
    day = silent(minutes, "What was decided about the mill bridge on 13 May 2021?")
    assert (day.reason, day.limits) == (Reason.NOTHING_WITHIN, "from 13 May 2021")
    assert silent(minutes, "What of the mill bridge on 12/05/2021?").reason is Reason.NOT_STATED


@pytest.mark.parametrize(
    ("question", "missing", "corrected"),
    [
        (
            "What did Rathwill ask for?",
            (Missing("Rathwill", "Rathwell"),),
            "What did Rathwell ask for?",
        ),
        ("Was the zeppelin repaired?", (Missing("zeppelin"),), ""),
        (
            "What was decided about the birdge?",
            (Missing("birdge", "bridge"),),
            "What was decided about the bridge?",
        ),
        ("What did Margaret Fenn say?", (Missing("Margaret Fenn", apart=True),), ""),
        ("Who moved resolution 15?", (Missing("resolution 15"),), ""),
        ("Why was £4,900 paid?", (Missing("£4,900"),), ""),
        ('What was said of the "painted mill" there?', (Missing("painted mill", apart=True),), ""),
    ],
)
def test_a_thing_stands_nowhere(minutes, question, missing, corrected):
    found = silent(minutes, question)
    assert (found.reason, found.missing, found.corrected) == (Reason.NOT_MENTIONED, missing, corrected)


@pytest.mark.parametrize(
    "question",
    [
        "Who painted the mill's bridges?",
        "What color was it painted?",
        "What color is the bridge?",
        "Why was £4.75k paid for the mill?",
        "Why was £4750 paid for the mill?",
        "What of resolution 12?",
        "Which subcommittee read the bylaw?",
        "What did the harbor cost?",
        "What did the icecream cost?",
        "What was agreed?",
        "What did Cllr Fenn ask about Rathwell?",
        "What was the decison on the bridge?",
        "What happend to the bridge?",
    ],
)
def test_other_forms_and_spellings_of_what_is_there_are_not_missing(minutes, question):
    assert silent(minutes, question).reason is Reason.NOT_STATED


def test_it_is_looked_for_within_the_filters_only(minutes):
    within = Filters(council=OTHER)
    assert silent(minutes, "What did Rathwell ask for?", within).missing == (Missing("Rathwell"),)
    assert silent(minutes, "What did Rathwill ask for?", within).missing == (Missing("Rathwill"),)
    assert silent(minutes, "What of the harbour?", within).mentioned.meetings == 1  # type: ignore[union-attr]


def test_the_meetings_that_mention_the_matter_are_counted(minutes):
    found = silent(minutes, "Who paid for the mill bridge?")
    mentioned = found.mentioned
    assert mentioned is not None
    # Two documents of one day are of one meeting; "a bridge. The mill" is no mill bridge.
    assert (mentioned.words, mentioned.meetings, mentioned.undated) == (("mill bridge",), 2, 0)
    assert (mentioned.first, mentioned.last) == ("2019-03-05", "2021-05-12")
    both = silent(minutes, "Who paid for the bridge by the mill?").mentioned
    assert both is not None
    assert (set(both.words), both.meetings, both.undated) == ({"bridge", "mill"}, 2, 1)


def test_the_query_finds_all_that_was_counted(minutes):
    for question in ("Who paid for the mill bridge?", "What of the harbor?", "What of the icecream?"):
        mentioned = silent(minutes, question).mentioned
        assert mentioned is not None
        found = search(minutes, HashEmbedder(), mentioned.search).hits
        days = {(hit.council, hit.meeting_date) for hit in found if hit.meeting_date}
        assert len(days) == mentioned.meetings
        assert len({hit.document_id for hit in found if not hit.meeting_date}) == mentioned.undated
        assert parse_query(mentioned.search).phrases == mentioned.words


def test_the_name_of_a_body_is_no_mention(minutes):
    """All of the first three stand in minutes of the Roads and Bridges Committee."""
    roads = silent(minutes, "What of the roads?").mentioned
    assert roads is None
    bridge = silent(minutes, "What of the bridge?").mentioned
    assert bridge is not None
    assert (bridge.meetings, bridge.undated) == (2, 1)


def test_a_question_that_names_nothing_is_told_no_more(minutes):
    found = silent(minutes, "Who voted against it?")
    assert (found.reason, found.mentioned, found.missing) == (Reason.NOT_STATED, None, ())


def test_sources_that_could_not_be_looked_at_are_the_reason_where_there_are_no_minutes(minutes):
    ask = lambda question, **filters: answer(  # noqa: E731
        minutes, HashEmbedder(), question, settings=NOTHING, filters=Filters(**filters)
    )
    unread = ("fenlow is blocked",)
    lost = with_unread(ask("What of the ferry?", council="Fenlow"), unread)
    assert (lost.reason, lost.silence and lost.silence.unread) == (Reason.NOT_READ, unread)
    assert lost.answer.endswith("may stand there: fenlow is blocked.")
    for question, reason in (("The zeppelin?", Reason.NOT_MENTIONED), ("Why the bridge?", Reason.NOT_STATED)):
        told = with_unread(ask(question), unread)
        assert (told.reason, told.silence and told.silence.unread) == (reason, unread)
        assert told.answer.endswith("may stand there: fenlow is blocked.")
        assert with_unread(ask(question), ()).answer in told.answer


def test_there_is_a_third_state_between_the_two_thresholds(minutes):
    question = "What was closed at the mill bridge?"
    sure = answer(minutes, HashEmbedder(), question, settings=AnswerSettings(threshold=0.0)).confidence
    for threshold, maybe, state in (
        (sure, sure, State.ANSWERED),
        (1.0, sure, State.MAYBE),
        (1.0, min(1.0, sure + 1e-9), State.SILENT),
    ):
        settings = AnswerSettings(threshold=threshold, maybe=maybe)
        found = answer(minutes, HashEmbedder(), question, settings=settings)
        assert (found.state, found.answered) == (state, state is State.ANSWERED)
        assert bool(found.quotes) == (state is not State.SILENT) == (found.silence is None)
        assert found.answer.startswith("This may answer your question.\n") == (state is State.MAYBE)
        for quote in found.quotes:
            document = minutes.table.document(quote.document_id)
            assert document is not None
            assert quote.text == document.text[quote.start : quote.end]


def test_an_answer_is_silent_or_quotes_never_both():
    quoted = Answer("q", True, "", (), (), "000001", "hash", 0.1)
    assert quoted.silence == Silence(Reason.NOT_STATED)
    assert replace(quoted, silence=Silence(Reason.NOTHING_WITHIN)).reason is Reason.NOTHING_WITHIN


WORDS = st.sampled_from(
    ["mill", "bridge", "Rathwell", "Rathwill", "zeppelin", "the", "What", "did", "Fenn", "£4,750", "12",
     "2035", '"', "council:Kant", "-mill", "by-law", "\\1", "<b>", "O'Brien", "colour’s", "OR"]
)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join).filter(lambda text: "i" in text or "e" in text))
def test_whatever_is_asked_what_is_said_to_be_missing_is_nowhere(minutes, question):
    try:
        found = silent(minutes, question)
    except UsageError:
        return
    texts = " ".join(
        document.text for document in map(minutes.table.document, "123456") if document
    ).casefold()
    for one in found.missing:
        if not one.apart:
            assert one.words.casefold() not in texts.split()
        assert one.nearest.casefold() in texts
    assert (found.reason is Reason.NOT_MENTIONED) == bool(found.missing)
    assert COUNCIL not in found.corrected


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Why was the mill bridge at Rathwell looked at?", True),
        ("Why was the mill bridge at Wellow looked at?", False),  # no such place
        ("What did Councillor Abara say of the mill bridge?", False),
        ("What was decided about the zeppelin?", False),  # its only matter
        ("Why was the dilapidated mill bridge closed?", True),  # a word of one's own beside others
    ],
)
def test_what_stands_nowhere_is_not_answered_out_of_what_is_near(minutes, question, known):
    sure = AnswerSettings(threshold=0.01, maybe=0.01)
    given = answer(minutes, HashEmbedder(), question, settings=sure)
    assert (given.confidence > 0) == known
    if not known:
        assert (given.state, given.reason) == (State.SILENT, Reason.NOT_MENTIONED)


def test_a_name_that_stands_only_outside_the_filters_is_not_answered_within_them(minutes):
    question, sure = "Why was the bridge at Rathwell looked at?", AnswerSettings(threshold=0.01, maybe=0.01)
    assert answer(minutes, HashEmbedder(), question, settings=sure).answered
    within = Filters(council="Brackford")
    assert not answer(minutes, HashEmbedder(), question, settings=sure, filters=within).answered
