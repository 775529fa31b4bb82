import random
from textwrap import wrap
from time import perf_counter

import pytest

from ingest.sites.repeated import own_day, own_meeting, repeats

COMMITTEE = "Ashmere and Tarnwick Neighbourhood Committee"
KNOWN = [("101", "2026-01-15"), ("102", "2026-03-05"), ("103", "2026-04-23")]
HEAD = (
    "MINUTES of a meeting of the Ashmere & Tarnwick Neighbourhood Committee held on {}.\n\nPresent: Cllr Reed"
)

BOILERPLATE = (
    "Members were reminded that the meeting was being recorded and that the recording would be published "
    "on the council's website. Those who did not wish to be filmed were asked to sit at the back.\n\n"
    "There were no declarations of interest. Apologies for absence were received from two members. "
    "A period of up to thirty minutes was set aside for questions from residents, which asked none.\n\n"
    "The Committee noted that the minutes would remain in draft until they had been approved as a correct "
    "record and signed by the Chair at the next ordinary meeting, and that they could be amended until then."
)
SUBJECTS = "bridge harbour library meadow market school orchard quarry ferry theatre".split()
VERBS = "heard reviewed debated postponed amended accepted questioned supported visited refused".split()
THINGS = "budget timetable lease survey petition contract drawing inspection tender strategy".split()


def minutes(seed: int, paragraphs: int = 30) -> list[str]:
    """Invented minutes: the boilerplate that all share, and numbered paragraphs of their own."""
    dice = random.Random(seed)
    return [
        BOILERPLATE,
        *(
            " ".join(
                f"The Committee {dice.choice(VERBS)} the {dice.choice(THINGS)} of the "
                f"{dice.choice(SUBJECTS)} in {dice.randrange(1990, 2026)} and well-known residents of "
                f"{dice.choice(SUBJECTS)} street {dice.choice(VERBS)} the council's {dice.choice(THINGS)}."
                for _ in range(4)
            )
            for _ in range(paragraphs)
        ),
    ]


def on_a_page(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def in_print(paragraphs: list[str]) -> str:
    """The same, as it comes out of a PDF: numbered, wrapped, hyphenated, with page headers and numbers."""
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs, 1):
        lines += wrap(f"{number}. {paragraph}".replace("'", "’"), 78)
    printed: list[str] = []
    for at, line in enumerate(lines):
        if at and at % 45 == 0:
            printed += [f"{at // 45}", "Ashmere and Tarnwick Neighbourhood Committee 15 January 2026"]
        if at % 3 == 0 and len(last := line.split()[-1]) > 6 and last.isalpha():
            printed += [f"{line[:-3]}-", line[-3:]]
        else:
            printed.append(line)
    return "\n".join(printed)


@pytest.mark.parametrize(
    ("day", "before", "own"),
    [
        ("Thursday 15 January 2026", "2026-03-05", "101"),
        ("15 January 2026", "2026-04-23", "101"),  # not the one before
        ("5th March 2026", "2026-04-23", "102"),
        ("5th March 2026", "2026-03-05", None),  # its own minutes, or a wrong day
        ("23 April 2026", "2026-03-05", None),  # later than the meeting that had them
        ("16 January 2026", "2026-03-05", None),  # no meeting on that day
        ("Friday 15 January 2026", "2026-03-05", None),  # the weekday is wrong
        ("a fine day", "2026-03-05", None),
        ("15 January 2026", "", None),
    ],
)
def test_minutes_belong_to_the_meeting_whose_day_they_name(day, before, own):
    assert own_meeting(HEAD.format(day), COMMITTEE, before, KNOWN) == own


def test_minutes_of_another_body_belong_to_none_of_this_ones_meetings():
    text = HEAD.format("15 January 2026").replace("Ashmere & Tarnwick Neighbourhood", "Licensing Sub")
    assert own_meeting(text, COMMITTEE, "2026-03-05", KNOWN) is None


def test_what_lists_add_to_a_name_is_not_asked_for():
    text = HEAD.format("15 January 2026")
    assert own_meeting(text, f"{COMMITTEE} (until 2027)", "2026-03-05", KNOWN) == "101"
    assert own_meeting("Council, 15 January 2026\nMinutes", "Full Council", "2026-03-05", KNOWN) == "101"
    assert own_meeting("Minutes of Cabinet, 15 January 2026", "(Cabinet)", "2026-03-05", KNOWN) == "101"


def test_two_meetings_on_one_day_are_not_told_apart():
    known = [("1", "2026-01-15"), ("2", "2026-01-15")]
    text = HEAD.format("15 January 2026")
    assert own_meeting(text, COMMITTEE, "2026-03-05", known) is None
    assert own_meeting(text, COMMITTEE, "2026-03-05", [known[0], known[0]]) == "1"


def test_the_day_is_known_without_the_meeting():
    assert own_day(HEAD.format("12 February 2026"), "2026-03-05") == "2026-02-12"
    assert own_day("No day.", "2026-03-05", "Minutes of Previous Meeting, 12/02/2026") == "2026-02-12"
    assert own_day(HEAD.format("12 February 2026"), "2026-02-12") is None
    assert own_day(HEAD.format("12 February 2026"), "") is None


@pytest.mark.parametrize("seed", range(5))
def test_the_same_minutes_in_print_repeat_those_of_the_page(seed):
    told = minutes(seed)
    assert repeats(in_print(told), [on_a_page(told)]) > 0.9
    assert repeats(on_a_page(told), [in_print(told)]) > 0.9


def test_minutes_in_print_repeat_those_that_a_site_divides_among_its_items():
    told = minutes(1)
    assert repeats(in_print(told), (paragraph for paragraph in told)) > 0.9


@pytest.mark.parametrize("seed", range(5))
def test_other_minutes_with_the_same_boilerplate_do_not(seed):
    told, other = minutes(seed, paragraphs=4), minutes(seed + 100, paragraphs=4)
    assert 0.1 < repeats(in_print(told), [on_a_page(other)]) < 0.4


def test_half_of_the_words_is_half():
    first, second = minutes(1)[1:], minutes(2)[1:]
    assert repeats(on_a_page(first + second), [on_a_page(first)]) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("words", "of", "share"),
    [
        ("", ["The minutes were approved."], 0),
        ("1. 2. (a) iii", ["1. 2. (a) iii"], 0),
        ("The minutes were approved.", [], 0),
        ("The minutes were approved.", ["THE MINUTES\nwere approved"], 1),
        ("The minutes were approved.", ["The minutes were signed."], 0),
        ("The minutes were approved.", ["The minutes", "were approved."], 1),
        ("The Clerk’s ﬁles", ["the clerk's files"], 1),
        ("the well-\nknown re-\nsolution", ["The well-known resolution"], 1),
    ],
)
def test_short_texts(words, of, share):
    assert repeats(words, of) == share


@pytest.mark.timeout(20)
def test_long_texts_are_compared_quickly():
    told = minutes(1, paragraphs=220)
    page, printed = on_a_page(told), in_print(told)
    assert len(page) > 100_000
    best = min(_seconds(printed, page) for _ in range(3))
    assert best < 0.5  # a fifth of that on a quiet machine


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "hostile", ["-\n" * 100_000, "-" + " " * 200_000, "a-" * 100_000, "((" * 100_000, "1 " * 100_000]
)
def test_no_hostile_text_takes_long(hostile):
    start = perf_counter()
    repeats(hostile, [hostile])
    own_meeting(hostile, hostile, "2026-03-05", KNOWN)
    assert perf_counter() - start < 5


def _seconds(words: str, of: str) -> float:
    start = perf_counter()
    repeats(words, [of])
    return perf_counter() - start
