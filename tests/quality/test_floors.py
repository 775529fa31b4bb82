"""What counts as worse, and when floors may be lowered: over plain figures, without a model."""

import pytest

from tests.quality.floors import LoweredError, pin, shortfalls

FLOORS = {"hit@1": 0.5, "wrongly refused": 0.1}


def pinned(**figures):
    return {"data": "before", "figures": FLOORS | figures}


def test_what_equals_its_floor_or_betters_it_is_no_shortfall():
    assert shortfalls({"hit@1": 0.5, "wrongly refused": 0.1}, FLOORS) == []
    assert shortfalls({"hit@1": 0.7, "wrongly refused": 0.0}, FLOORS) == []


def test_a_shortfall_names_the_figure_what_was_reached_and_what_is_pinned():
    assert shortfalls({"hit@1": 0.4889, "wrongly refused": 0.1}, FLOORS) == [
        "hit@1 is 0.4889, its floor is 0.5"
    ]


def test_a_ceiling_is_broken_from_below():
    assert shortfalls({"hit@1": 0.5, "wrongly refused": 0.12}, FLOORS) == [
        "wrongly refused is 0.12, its ceiling is 0.1"
    ]


def test_a_figure_cannot_slip_out_of_the_gate_or_into_it():
    assert shortfalls({"hit@1": 0.5}, FLOORS) == ["wrongly refused is pinned at 0.1 and is measured no more"]
    assert shortfalls(FLOORS | {"mrr": 0.6}, FLOORS) == ["mrr is 0.6 and has no floor"]


def test_the_first_floors_are_what_was_measured():
    assert pin(None, {"hit@1": 0.6667, "wrongly refused": 0.0667}, "now") == {
        "data": "now",
        "figures": {"hit@1": 0.666, "wrongly refused": 0.067},
    }


@pytest.mark.parametrize("figure", [0.0, 0.29, 0.57, 0.58, 1.0, 0.1235, 0.9999])
def test_what_was_pinned_is_passed_by_what_it_was_pinned_at(figure):
    figures = {"hit@1": figure, "wrongly refused": figure}
    floors = pin(None, figures, "now")["figures"]

    assert shortfalls(figures, floors) == []
    assert all(abs(floors[name] - figure) < 0.001 for name in floors)


def test_floors_rise_without_being_asked_for_a_reason():
    assert pin(pinned(), {"hit@1": 0.6, "wrongly refused": 0.05}, "now") == {
        "data": "now",
        "figures": {"hit@1": 0.6, "wrongly refused": 0.05},
    }


@pytest.mark.parametrize("reason", [None, "", "  "])
@pytest.mark.parametrize(
    ("figures", "named"),
    [
        ({"hit@1": 0.4, "wrongly refused": 0.1}, "hit@1 is 0.4, its floor is 0.5"),
        ({"hit@1": 0.9, "wrongly refused": 0.2}, "wrongly refused is 0.2, its ceiling is 0.1"),
        ({"hit@1": 0.5}, "wrongly refused is pinned at 0.1 and is measured no more"),
    ],
)
def test_no_floor_is_lowered_or_given_up_without_a_reason(figures, named, reason):
    with pytest.raises(LoweredError, match=named):
        pin(pinned(), figures, "now", reason)


def test_new_data_are_no_reason_to_lower_a_floor():
    with pytest.raises(LoweredError, match="--lower"):
        pin(pinned(), {"hit@1": 0.4, "wrongly refused": 0.1}, "other minutes")


def test_what_was_lowered_stays_in_the_file_with_its_reason():
    first = pin(pinned(), {"hit@1": 0.4, "wrongly refused": 0.1}, "now", "harder questions")
    second = pin(first, {"hit@1": 0.4, "wrongly refused": 0.2}, "now", " calmer threshold ")
    third = pin(second, {"hit@1": 0.8, "wrongly refused": 0.2}, "now")

    assert third == {
        "data": "now",
        "figures": {"hit@1": 0.8, "wrongly refused": 0.2},
        "lowered": [
            {"reason": "harder questions", "figures": {"hit@1": [0.5, 0.4]}},
            {"reason": "calmer threshold", "figures": {"wrongly refused": [0.1, 0.2]}},
        ],
    }


def test_a_figure_that_is_given_up_is_kept_as_lowered_to_nothing():
    assert pin(pinned(), {"hit@1": 0.5}, "now", "measured elsewhere")["lowered"] == [
        {"reason": "measured elsewhere", "figures": {"wrongly refused": [0.1, None]}}
    ]


def test_a_reason_is_not_kept_when_nothing_is_lowered():
    assert "lowered" not in pin(pinned(), {"hit@1": 0.6, "wrongly refused": 0.1}, "now", "just in case")
