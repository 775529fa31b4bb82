from index.answering.states import Mentioned, Missing, Reason, Silence
from index.answering.texts import heading_of, silence_in_words, told_of

FOUR = Mentioned(("mill bridge",), 4, 0, "2019-03-05", "2021-05-12", '"mill bridge"')


def said(reason: Reason, **known) -> str:
    return silence_in_words(Silence(reason, **known))


def test_each_reason_has_a_heading_of_its_own():
    assert len({heading_of(Silence(reason)) for reason in Reason}) == len(Reason)


def test_that_nothing_lies_within_the_filters_is_said():
    assert said(Reason.NOTHING_WITHIN, limited=True) == "There are no minutes within these filters."
    assert said(Reason.NOTHING_WITHIN, limits="from 2035") == "There are no minutes from 2035."
    assert said(Reason.NOTHING_WITHIN, limited=True, notes=("no council is called 'Kant'",)) == (
        "There are no minutes within these filters. No council is called 'Kant'."
    )


def test_what_stands_nowhere_is_named_with_what_may_be_meant():
    two = (Missing("Wello", "Wellow"), Missing("zeppelin"), Missing("Ada Fenn", apart=True))
    assert said(Reason.NOT_MENTIONED, missing=two[:1]) == (
        "The minutes do not mention “Wello”. Did you mean “Wellow”?"
    )
    assert said(Reason.NOT_MENTIONED, missing=two, limited=True) == (
        "The minutes within these filters do not mention “Wello” or “zeppelin”. The minutes within these "
        "filters have each of the words “Ada Fenn”, but never together. Did you mean “Wellow”?"
    )


def test_where_the_matter_is_mentioned_is_counted():
    assert said(Reason.NOT_STATED, mentioned=FOUR) == (
        "The minutes mention “mill bridge” in 4 meetings between 5 March 2019 and 12 May 2021, but none of "
        "them states what you asked."
    )
    once = Mentioned(("mill", "ferry"), 1, 0, "2019-03-05", "2019-03-05", '"mill" "ferry"')
    assert said(Reason.NOT_STATED, mentioned=once, limited=True) == (
        "The minutes within these filters mention “mill” and “ferry” together in 1 meeting on 5 March 2019, "
        "but it does not state what you asked."
    )
    undated = Mentioned(("mill",), 0, 2, None, None, '"mill"')
    assert "in 2 documents without a date, but none" in said(Reason.NOT_STATED, mentioned=undated)
    assert said(Reason.NOT_STATED) == "Nothing in the minutes states what you asked."


def test_sources_that_could_not_be_looked_at_are_named_on_top():
    for reason in Reason:
        told = said(reason, mentioned=FOUR, unread=("fenlow is blocked", "wellow is stale"))
        assert told.startswith(told_of(Silence(reason, mentioned=FOUR)))
        assert told.endswith("may stand there: fenlow is blocked; wellow is stale.")
