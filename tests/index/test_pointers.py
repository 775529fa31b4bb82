from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pointers import holds, pointed_to


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Members agreed; the specific reasons are given in Appendix 2.", "Appendix 2"),
        ("The fees are set out in Appendix A to the report.", "Appendix A"),
        ("see appendix b", "appendix b"),
        ("The works are listed in Schedule 4a, which was noted.", "Schedule 4a"),
        ("A plan was attached as Annex 3.", "Annex 3"),
        ("A plan was attached as Annexe B.", "Annexe B"),
        ("The list is attached as Appendix IV and was noted.", "Appendix IV"),
        ("The sums are shown in Appendices 1, 2 and 3.", "Appendices 1, 2 and 3"),
        ("The sums are shown in Appendices A and B of the report.", "Appendices A and B"),
        ("The advice is contained in the exempt report.", "exempt report"),
        ("The advice was circulated under Part II.", "Part II"),
        ("The reasons are given in\nAppendix\n 2 below.", "Appendix 2"),
        ("They are set out in the appendix to the report.", "appendix"),
        ("See Appendix 2, a copy of which was handed round.", "Appendix 2"),
        ("Please refer to the schedule of works.", "schedule"),
    ],
)
def test_a_pointer_names_its_place(text, place):
    assert pointed_to(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bridge was closed because both piers were rusted.",
        "Appendix 2 was noted.",
        "The reasons were given. Appendix 2 was noted.",
        "The reasons were given; Appendix 2 was noted.",
        "The reasons were given\n\nAppendix 2",
        "The lists were included, at some length and after a good deal of talk, although not in Appendix 2.",
        "See the scheduled works.",
        "They will oversee Appendix 2.",
    ],
)
def test_what_points_nowhere_is_no_pointer(text):
    assert pointed_to(text) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The end.\n\nAppendix 2\n\nThe piers are rusted.", "Appendix 2"),
        ("APPENDIX 2: THE PIERS", "Appendix 2"),
        ("The end.\n  ## Appendix 2 – the piers\nRust.", "Appendix 2"),
        ("The end.\n**Appendix 2**\nRust.", "appendix 2"),
        ("Appendix 2. The piers", "Appendix 2"),
        ("Appendix A\nOne.\nAppendix B\nTwo.", "Appendices A and B"),
        ("Appendix 1\nAppendix 2\nAppendix 3", "Appendices 1, 2 and 3"),
    ],
)
def test_a_document_holds_a_place_that_it_has_as_a_heading(text, place):
    assert holds(text, place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The reasons are given in Appendix 2.", "Appendix 2"),
        ("Appendix 2 was noted by all.", "Appendix 2"),
        ("Appendix 20\n\nThe piers.", "Appendix 2"),
        ("Appendix 2a\n\nThe piers.", "Appendix 2"),
        ("Appendix\n2", "Appendix 2"),
        ("Appendix A\nOne.", "Appendices A and B"),
        ("", "Appendix 2"),
    ],
)
def test_a_document_that_only_speaks_of_a_place_does_not_hold_it(text, place):
    assert not holds(text, place)


@given(st.text(), st.text(min_size=1))
def test_arbitrary_text_never_raises(text, place):
    found = pointed_to(text)
    assert found is None or found.split()[0].casefold() in text.casefold()
    holds(text, place)


@pytest.mark.parametrize(
    "text", ["\n" * 200_000, "* " * 200_000, " " * 400_000, "given " * 100_000, "see\n" * 100_000]
)
def test_long_texts_are_read_in_time(text):
    started = perf_counter()
    assert pointed_to(text) is None
    assert not holds(text, "Appendix 2")
    assert perf_counter() - started < 5
