from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from corpus.errors import RefusedError
from corpus.records import Kind, SourceState
from ingest.sites.decision_look import DAYS_AT_A_TIME, RECENT_DAYS
from tests.ingest.sites.scripted import BASE, OK, TODAY, Visits, broken, decision, item, meeting

MADE = TODAY - timedelta(days=56)
AGAIN = TODAY + timedelta(days=14)


def look(visits: Visits, day: date, **options: Any):
    """Look at the site, and return the report with what was asked about decisions."""
    visits.site.take_asked()
    visits.site.windows.clear()
    looked = visits(day, **options)
    return looked, [what for what in visits.site.take_asked() if what.startswith("decision")]


def windows(visits: Visits) -> list[tuple[str, str]]:
    """The stretches of days that the register was asked for: they end on the day of the visit or before."""
    day = visits.source.last_look or ""
    return [(first, last) for first, last in visits.site.windows if last <= day[:10]]


def test_a_decision_is_a_document_of_whoever_made_it(visits, site):
    site.enter(decision("5", str(MADE), issue="9"))
    looked, asked = look(visits, TODAY, council="Ashmere Borough Council")
    assert (looked.state, looked.new, asked) == (OK, 1, ["decision 5"])
    document = visits.document("decision/5")
    assert (document.kind, document.committee, document.meeting_date, document.council) == (
        Kind.DECISION,
        "The Leader",
        MADE.isoformat(),
        "Ashmere Borough Council",
    )
    assert document.text == "The lane is closed."
    issue = visits.corpus.connection.execute("SELECT issue FROM issues").fetchone()
    assert issue[0] == "ashmere/issue/9"


def test_the_register_is_read_ninety_days_at_a_time_newest_first_without_gap_or_overlap(visits, site):
    since = TODAY - timedelta(days=200)
    look(visits, TODAY, since=since)
    asked = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in windows(visits)]
    assert (asked[0][1], asked[-1][0]) == (TODAY, since)
    assert [(last - first).days + 1 for first, last in asked] == [DAYS_AT_A_TIME, DAYS_AT_A_TIME, 21]
    assert all(newer[0] - older[1] == timedelta(days=1) for newer, older in pairwise(asked))


def test_one_day_is_one_stretch(visits):
    look(visits, TODAY, since=TODAY)
    assert windows(visits) == [(TODAY.isoformat(), TODAY.isoformat())]


def test_on_later_nights_the_last_weeks_are_read(visits):
    since = TODAY - timedelta(days=200)
    look(visits, TODAY, since=since)
    look(visits, TODAY + timedelta(days=1), since=since)
    assert windows(visits) == [
        ((TODAY + timedelta(days=1 - RECENT_DAYS)).isoformat(), (TODAY + timedelta(days=1)).isoformat())
    ]


def test_it_is_read_once_a_day_unless_more_of_the_past_is_wanted(visits):
    look(visits, TODAY)
    look(visits, TODAY)
    assert windows(visits) == []
    earlier = TODAY - timedelta(days=1_000)
    look(visits, TODAY, since=earlier)
    assert windows(visits)[-1][0] == earlier.isoformat()
    look(visits, TODAY, since=earlier)
    assert windows(visits) == []


def test_a_backfill_that_was_interrupted_goes_on_with_what_is_missing(visits, site):
    since = TODAY - timedelta(days=200)
    for number in range(4):
        site.enter(decision(str(number), str(TODAY - timedelta(days=40 * number))))
    site.errors["decision 2"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        look(visits, TODAY, since=since)
    site.errors.clear()
    looked, asked = look(visits, TODAY, since=since)
    assert (asked, looked.new) == (["decision 2", "decision 3"], 2)
    assert windows(visits)[-1][0] == since.isoformat()


def test_a_decision_is_looked_at_again_ever_more_rarely_though_the_register_lists_it_no_more(visits, site):
    site.enter(decision("5", str(TODAY - timedelta(days=8))))
    days = [n for n in range(120) if look(visits, TODAY + timedelta(days=n))[1]]
    assert days == [0, 2, 4, 7, 10, 14, 19, 25, 33, 43, 55, 70, 89, 113]


def test_a_decision_that_changed_is_a_new_version_and_looked_at_the_next_night(visits, site):
    site.enter(decision("5", str(MADE)))
    look(visits, TODAY)
    site.enter(decision("5", str(MADE), "The lane stays open."))
    looked, _ = look(visits, AGAIN)
    assert (looked.changed, visits.texts["decision/5"]) == (1, "The lane stays open.")
    assert look(visits, AGAIN + timedelta(days=1))[1] == ["decision 5"]


def test_a_decision_without_a_day_rests_like_any_other(visits, site):
    site.enter(decision("5", None))
    site.entered["5"] = TODAY.isoformat()
    look(visits, TODAY)
    assert visits.document("decision/5").meeting_date is None
    asked = [look(visits, TODAY + timedelta(days=n))[1] for n in range(1, 60)]
    assert 0 < sum(map(bool, asked)) < 20


def test_a_decision_without_words_is_no_document(visits, site):
    site.enter(decision("5", str(MADE), ""))
    looked, _ = look(visits, TODAY)
    assert (looked.new, looked.failed, visits.texts) == (0, 0, {})


def test_a_decision_that_is_gone_is_withdrawn_after_three_nights(visits, site):
    site.enter(decision("5", str(MADE)), decision("6", str(TODAY)))
    look(visits, TODAY)
    del site.register["5"]
    nights = [look(visits, AGAIN + timedelta(days=n))[0] for n in range(4)]
    assert [(one.missing, one.withdrawn) for one in nights] == [(1, 0), (1, 0), (1, 1), (0, 0)]
    assert "decision/5" not in visits.texts


def test_it_is_believed_only_while_the_register_lists_others(visits, site):
    site.enter(decision("5", str(MADE)))
    look(visits, TODAY)
    site.register.clear()
    for number in range(5):
        looked, _ = look(visits, AGAIN + timedelta(days=number))
        assert looked.missing == 0
    assert "decision/5" in visits.texts


def test_a_decision_that_is_listed_and_does_not_answer_is_a_failure(visits, site):
    site.enter(decision("5", str(TODAY)), decision("6", str(TODAY)))
    look(visits, TODAY)
    site.errors["decision 5"] = broken("decision/5")
    looked, _ = look(visits, TODAY + timedelta(days=1))
    assert (looked.state, looked.failed, looked.missing) == (OK, 1, 0)
    assert set(visits.texts) == {"decision/5", "decision/6"}


def test_a_decision_that_is_withheld_now_is_erased(visits, site):
    site.enter(decision("5", str(TODAY)))
    look(visits, TODAY)
    site.enter(decision("5", str(TODAY), "", withheld=True))
    looked, _ = look(visits, TODAY + timedelta(days=1))
    assert (looked.withdrawn, visits.texts) == (1, {})
    assert [one.text for one in visits.corpus.versions("ashmere/decision/5")] == [""]
    assert visits.said == ["ashmere/decision/5: withheld by the council now: its words are erased"]
    site.enter(decision("5", str(TODAY)))
    look(visits, TODAY + timedelta(days=2))
    assert visits.texts["decision/5"] == "The lane is closed."


def test_what_was_always_withheld_is_not_stored(visits, site):
    site.enter(decision("5", str(TODAY), "", withheld=True))
    look(visits, TODAY)
    assert (visits.corpus.counts().versions, visits.said) == (0, [])


def test_decisions_that_fail_are_tried_ever_more_rarely_and_do_not_shut_out_the_others(visits, site):
    for key in "1234":
        site.enter(decision(key, str(TODAY)))
    for key in "123":
        site.errors[f"decision {key}"] = broken(f"decision/{key}")
    first, asked = look(visits, TODAY)
    assert (first.state, asked) == (OK, ["decision 1", "decision 2", "decision 3"])
    nights = [look(visits, TODAY + timedelta(days=n))[1] for n in range(1, 12)]
    assert nights.index(["decision 4"]) == 8  # a week of nights, and one without the three
    assert "decision/4" in visits.texts


@pytest.mark.parametrize(
    ("error", "count"),
    [(broken("register"), "failed"), (RefusedError(f"{BASE}register: answers 403"), "blocked")],
)
def test_a_register_that_cannot_be_read_leaves_the_source_ok_with_the_reason(visits, site, error, count):
    site.publish(meeting("1", MADE, item("11")))
    site.errors["register"] = error
    looked, _ = look(visits, TODAY)
    assert (looked.state, looked.new, getattr(looked, count)) == (SourceState.OK, 1, 1)
    assert looked.reason == f"without its register of decisions: {error}"
    assert visits.source.reason == looked.reason
    assert visits.source.last_good == visits.source.last_look


def test_decisions_may_be_left_out(visits, site):
    site.enter(decision("5", str(MADE)))
    looked, asked = look(visits, TODAY, decisions=False)
    assert (looked.new, asked, windows(visits)) == (0, [], [])
