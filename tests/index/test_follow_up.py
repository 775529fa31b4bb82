from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.follow_up import understand_follow_up
from index.query import MAX_CHARACTERS

AGREED = "Why was recommendation 12 only partially agreed?"
BRIDGE = "Why was the mill bridge closed?"
PARKING = "What did Kingston decide about parking charges?"
OKORO = "What did Councillor Okoro say about the bandstand?"

LEANING = [
    # another number, year or name in the place of its like
    (AGREED, "and recommendation 9?", "Why was recommendation 9 only partially agreed?"),
    (AGREED, "recommendation 9?", "Why was recommendation 9 only partially agreed?"),
    (AGREED, "And 9?", "Why was recommendation 9 only partially agreed?"),
    (AGREED, "what about number 9", "Why was recommendation 9 only partially agreed?"),
    ("Why was application 24/00108 refused?", "and 24/00233?", "Why was application 24/00233 refused?"),
    ("What was spent on roads in 2018?", "and in 2019?", "What was spent on roads in 2019?"),
    ("What was spent on roads in 2018/19?", "what about 2019/20?", "What was spent on roads in 2019/20?"),
    ("What was spent on roads in 2018?", "what about since 2019?", "What was spent on roads since 2019?"),
    ("What was spent on roads since 2018?", "and 2019?", "What was spent on roads since 2019?"),
    ("What has ward 5 received since 2012?", "and 6?", "What has ward 6 received since 2012?"),
    ("Parking in Kingston", "and Richmond?", "Parking in Richmond?"),
    (
        "What did Councillor Okoro say about the ferry in Wellow Park?",
        "and Tarn Green?",
        "What did Councillor Okoro say about the ferry in Tarn Green?",
    ),
    (
        "Why did Kingston reject the ferry in Wellow Park?",
        "and Tarn Green?",
        "Why did Kingston reject the ferry in Wellow Park for Tarn Green?",
    ),
    (PARKING, "what about Richmond?", "What did Richmond decide about parking charges?"),
    (PARKING, "and Richmond?", "What did Richmond decide about parking charges?"),
    (OKORO, "And Councillor Fenn?", "What did Councillor Fenn say about the bandstand?"),
    (
        "What did the Cabinet say about the report?",
        "and the Planning Committee?",
        "What did the Planning Committee say about the report?",
    ),
    ("How much money was paid to AMAZE?", "and to Markfield?", "How much money was paid to Markfield?"),
    # what has no like there is added
    (PARKING, "and in 2019?", "What did Kingston decide about parking charges in 2019?"),
    ("What was decided about parking?", "and in Kingston?", "What was decided about parking in Kingston?"),
    (
        "What was decided about parking?",
        "what about Kingston?",
        "What was decided about parking for Kingston?",
    ),
    (BRIDGE, "for lorries too?", "Why was the mill bridge closed for lorries too?"),
    # something else altogether takes the place of what was asked about
    (BRIDGE, "what about the ferry?", "Why was the ferry closed?"),
    ("How much will the new leisure centre cost?", "And the library?", "How much will the library cost?"),
    # pronouns
    (BRIDGE, "why was it rejected?", "Why was the mill bridge rejected?"),
    (BRIDGE, "And when will it be repaired?", "When will the mill bridge be repaired?"),
    (BRIDGE, "Did it include the footway?", "Did the mill bridge include the footway?"),
    (BRIDGE, "What did the engineer say about it?", "What did the engineer say about the mill bridge?"),
    (BRIDGE, "What were its defects?", "What were the mill bridge’s defects?"),
    (
        "What were recommendations 9 and 12?",
        "why were they rejected?",
        "Why were recommendations 9 and 12 rejected?",
    ),
    (OKORO, "what did he propose?", "What did Councillor Okoro propose about the bandstand?"),
    (OKORO, "did she vote for it?", "Did Councillor Okoro vote for the bandstand?"),
    (BRIDGE, "when was that decision made?", "When was the decision made about the mill bridge?"),
    # sentences that leave open what they are about
    (BRIDGE, "who voted against?", "Who voted against the mill bridge?"),
    (BRIDGE, "What were the reasons?", "What were the reasons about the mill bridge?"),
    (BRIDGE, "When will they decide?", "When will they decide about the mill bridge?"),
    (BRIDGE, "and the costs?", "The costs about the mill bridge?"),
    (BRIDGE, "tell me more", "Tell me more about the mill bridge?"),
    # one word
    ("Was the mill bridge closed?", "why?", "Why was the mill bridge closed?"),
    (BRIDGE, "When?", "When was the mill bridge closed?"),
    ("What was decided about the mill bridge?", "But why?", "Why was that decided about the mill bridge?"),
    ("bandstand repair", "why was it rejected?", "Why was bandstand repair rejected?"),
]

ALONE = [
    (BRIDGE, "What was decided about parking charges?"),
    (BRIDGE, "And what did Kingston decide about parking?"),
    (BRIDGE, "Why did the council change its budget?"),
    (BRIDGE, "Why did the council say it would close the library?"),
    (BRIDGE, "What did residents think of their new library?"),
    (BRIDGE, "How many residents said they opposed the ferry?"),
    (BRIDGE, "Did they approve the budget?"),
    (BRIDGE, "Is it true that the ferry was refused?"),
    (BRIDGE, "How long did it take to build the library?"),
    (BRIDGE, "Did the committee agree that the school should close?"),
    (BRIDGE, "Was the school in Wellow Park sold?"),
    (BRIDGE, "What was the vote on the library?"),
    (BRIDGE, "how did Councillor Fenn vote?"),
    (BRIDGE, "What did Councillor Okoro say?"),
    (BRIDGE, "bandstand repair"),
    (BRIDGE, "24/00108"),
    (BRIDGE, "recommendation 9"),
    (BRIDGE, "council:Ashmere budget"),
    (BRIDGE, "the report that was rejected in Kingston"),
    (BRIDGE, "thanks"),
    (OKORO, "What is the Local Plan?"),
    # nothing to lean on
    ("", "and recommendation 9?"),
    ("  ", "why was it rejected?"),
    ("and?", "why?"),
    ("What was agreed at the meeting?", "why?"),
    ("Why did they reject it?", "who voted against?"),
    # nothing that leans
    (BRIDGE, ""),
    (BRIDGE, "?"),
    (BRIDGE, " and "),
]


@pytest.mark.parametrize(("previous", "question", "understood"), LEANING)
def test_a_question_that_leans_is_understood_with_the_words_of_both(previous, question, understood):
    assert understand_follow_up(question, previous) == understood


@pytest.mark.parametrize(("previous", "question"), ALONE)
def test_a_question_that_stands_alone_is_left_as_it_was_typed(previous, question):
    assert understand_follow_up(question, previous) == question


@pytest.mark.parametrize(("previous", "question", "understood"), LEANING)
def test_what_was_understood_stands_alone(previous, question, understood):
    assert understand_follow_up(understood, OKORO if previous != OKORO else BRIDGE) == understood


def test_a_question_that_would_become_too_long_is_left_as_it_is():
    previous = f"What was decided about {'the long bridge ' * 110}?"
    question = f"why was it rejected {'and why not approved ' * 20}?"
    assert len(previous) < MAX_CHARACTERS
    assert understand_follow_up("why was it rejected?", previous).startswith(
        "Why was the long bridge the long"
    )
    assert understand_follow_up(question, previous) == question


WORDS = st.lists(
    st.sampled_from(
        "and why was it the bridge its they who what about 9 recommendation 12 in 2019 Kingston Councillor "
        "Okoro ? , of that decision closed to did voted against".split()
    ),
    max_size=12,
).map(" ".join)


@given(st.one_of(st.text(), WORDS), st.one_of(st.text(), WORDS))
def test_anything_is_understood_the_same_each_time_and_no_longer_than_may_be_asked(question, previous):
    understood = understand_follow_up(question, previous)
    assert understood == understand_follow_up(question, previous)
    assert understood == question or len(understood) <= MAX_CHARACTERS
    assert understood.strip() or not question.strip()


@pytest.mark.parametrize(
    "text", ["it " * 660, "A" * 2_000, "Aa " * 660, "1," * 1_000, "and " * 500, "1/1" * 600, "a1 " * 600]
)
def test_the_longest_questions_take_no_time(text):
    for question, previous in ((text, BRIDGE), ("why was it rejected?", text), (f"and {text}"[:2_000], text)):
        started = perf_counter()
        understand_follow_up(question, previous)
        assert perf_counter() - started < 1.0
