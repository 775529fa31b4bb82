from dataclasses import fields, replace
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.refusal import Signals, confidence

#: The score of a sentence may fall below nothing and rise above 1.
SIGNAL = st.floats(-5, 5)
SIGNALS = st.builds(Signals, **{field.name: SIGNAL for field in fields(Signals)})


@given(SIGNALS)
def test_confidence_lies_between_0_and_1(signals):
    assert isfinite(confidence(signals))
    assert 0 <= confidence(signals) <= 1


@given(SIGNALS, st.sampled_from([field.name for field in fields(Signals)]), st.floats(0, 5))
def test_more_of_any_signal_never_lowers_confidence(signals, name, more):
    stronger = replace(signals, **{name: getattr(signals, name) + more})
    assert confidence(stronger) >= confidence(signals) - 1e-12


@pytest.mark.parametrize("name", [field.name for field in fields(Signals)])
def test_every_signal_counts(name):
    middling = Signals(*(0.5 for _ in fields(Signals)))
    assert confidence(replace(middling, **{name: 1.0})) > confidence(middling)


def test_nothing_is_refused_and_everything_is_answered():
    assert confidence(Signals(*(0.0 for _ in fields(Signals)))) < 0.1
    assert confidence(Signals(score=25, margin=8, cued=1, evidence=2.5, referenced=1)) > 0.9
