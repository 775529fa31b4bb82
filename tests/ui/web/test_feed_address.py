"""The address of a feed is read strictly: nobody would notice a feed that searches for something else."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from index.records import Filters
from tests.ui.web.test_state import states
from ui.web.feed_address import read_feed_address
from ui.web.handlers.settled import settled
from ui.web.state import State, write_address

NAMES = st.sampled_from(["q", "council", "committee", "from", "to", "kind", "view", "other"])


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("q=x&from=2019-13-45", "from: '2019-13-45' is no day; write 2019, 2019-05 or 2019-05-31"),
        ("q=x&to=2021x", "to: '2021x' is no day"),
        ("q=x&from=&to=+garbage", "to: 'garbage' is no day"),
        (f"q=x&from={'9' * 900}", "from: '9"),
        (f"q=x&from={'9' * 1_001}", "from has more than 1,000 characters"),
        (f"q=x&council={'x' * 1_001}", "council has more than 1,000 characters"),
        (f"q=x&committee={'x' * 1_001}", "committee has more than"),
        (f"q=x&kind={'x' * 1_001}", "kind has more than"),
        (f"q={'x' * 20_001}", "q has more than 20,000 characters"),
        ("q=x&from=2020&to=2019", "from: 2020-01-01 is later than to: 2019-12-31"),
        ("q=x+from:2020&to=2019", "from: 2020-01-01 is later than to: 2019-12-31"),
        ("q=x&council=Ashmere&council=Fenlow", "council is given more than once"),
        (f"q=x{'&x=' * 50}&council=Ashmere", "50 parameters"),
        (f"q=x&view={'x' * 100_000}&council=Ashmere", "100,000 characters"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_would_be_passed_over_is_refused_by_its_name(query, reason):
    with pytest.raises(UsageError) as refused:
        read_feed_address(query)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "more",
    [
        "&utm_source=reader",
        "&view=browse&sort=x&page=-1",
        f"&document={'d' * 5_000}&start=x",
        "&council=+Fenlow&kind=",
    ],
    ids=lambda value: value[:40],
)
def test_what_is_no_search_does_not_matter(more):
    fenlow = Filters("Fenlow", date_from="2024-01-01", date_to="2024-12-31")
    plain = f"from=2024&to=31/12/2024&council=+Fenlow&q=bandstand{more}"
    assert read_feed_address(plain) == State(text="bandstand", filters=fenlow)


@given(states())
def test_every_search_of_the_page_has_its_feed(state):
    filters = state.filters
    if not (filters.date_from and filters.date_to and filters.date_from > filters.date_to):
        here = State(text=state.text, filters=filters)
        assert read_feed_address(write_address(here).removeprefix("?")) == settled(here)


@given(st.lists(st.tuples(NAMES, st.text(alphabet="0129-/ &=%+:x\ud800", max_size=12)), max_size=6))
def test_any_address_is_read_or_refused(pairs):
    with contextlib.suppress(UsageError):
        read_feed_address("&".join(f"{name}={value}" for name, value in pairs))
