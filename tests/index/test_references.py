from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.references import find_references, mentions


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What became of recommendation 12?", ["recommendation 12"]),
        ("Was recommendation 12.3 accepted?", ["recommendation 12.3"]),
        ("Were recommendations 3, 4 and 7 agreed?", [f"recommendation {n}" for n in (3, 4, 7)]),
        ("Were items 3, 4, and 7 agreed?", ["item 3", "item 4", "item 7"]),
        ("What does minute 59 say?", ["minute 59"]),
        ("What does Minute No. 59 say?", ["minute 59"]),
        ("What does minute number 59 say?", ["minute 59"]),
        ("Was item 4a deferred?", ["item 4a"]),
        ("What do appendices A, B and D show?", ["appendix A", "appendix B", "appendix D"]),
        ("what is in appendix a?", ["appendix a"]),
        ("Do policies H1 and H2 apply?", ["policy H1", "policy H2"]),
        ("When does phase I begin?", ["phase I"]),
        ("Why was 24/00108 refused?", ["24/00108"]),
        ("What is planned on the A134?", ["A134"]),
        ("What was the £1.2m for?", ["£1.2m"]),
        ("What was the £1.2 million scheme?", ["£1.2 million"]),
        ("Who gave £30 to replace the plants?", ["£30"]),
        ("Was it £1,000,000?", ["£1,000,000"]),
        ("What was decided on 31/05/2019?", ["31/05/2019"]),
        ("What is the budget for 2025-26?", ["2025-26"]),
        ("Was item 24/00108 refused?", ["24/00108"]),
        ("Minute 59, minute 59 and 24/00108 about 24/00108", ["minute 59", "24/00108"]),
    ],
)
def test_references_are_found_as_they_read(question, expected):
    assert list(find_references(question)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Why was the library closed?",
        "Was the motion a success?",
        "Did a question a member asked get a reply?",
        "What do the minutes I read mean?",
        "Which ward a councillor stands for?",
        "How many of the 2,000 people agreed?",
        "Did 12% agree?",
    ],
)
def test_words_and_plain_numbers_are_no_references(question):
    assert find_references(question) == ()


@pytest.mark.parametrize(
    "question",
    [
        "Was recommendation 12, 15 January 2024, met?",
        "Was recommendation 12 and 3rd of May meant?",
        "Was recommendation 12 or 40% meant?",
        "Was recommendation 12, 2024 version, met?",
    ],
)
def test_a_list_ends_before_dates_years_and_shares(question):
    assert "recommendation 12" in find_references(question)
    assert len([one for one in find_references(question) if one.startswith("recommendation")]) == 1


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("recommendation 12", "Recommendation 12."),
        ("recommendation 12", "the recommendation (12) of the working group"),
        ("recommendation 12", "Recommendation no. 12 was met"),
        ("recommendation 12", "recommendations 9, 12 and 15"),
        ("recommendation 12", "recommendations 9, 10, and 12"),
        ("recommendation 12", "Recommendations 10 to 12"),
        ("recommendation 12.3", "recommendation 12.3 was met"),
        ("minute 59", "MINUTE\n59 refers"),
        ("policy 3", "policies 3 and 4"),
        ("appendix B", "appendices A and B"),
        ("appendix a", "see Appendix A"),
        ("motion A", "Motion A was carried"),
        ("24/00108", "application (24/00108), Mill Lane"),
        ("A134", "signs on the A134."),
        ("£1.2m", "a grant of £1.2m."),
        ("£1.2m", "a grant of £1.2 million"),
        ("£1.2m", "a grant of £1,200,000 in all"),
        ("£30", "£ 30.00 was paid"),
        ("31/05/2019", "the meeting of 31 May 2019"),
        ("31/05/2019", "on Friday, 31st of May, 2019"),
        ("31/05/2019", "on May 31, 2019"),
        ("31/05/2019", "on 31 MAY 2019"),
        ("2019-05-31", "by 31/5/2019"),
        ("2025-26", "the budget for 2025/26"),
        ("2025-26", "the budget for 2025–2026"),
    ],
)
def test_a_reference_is_met(reference, text):
    assert mentions(reference, text)


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("recommendation 12", "recommendation 120"),
        ("recommendation 12", "recommendation 12.3"),
        ("recommendation 12", "recommendation 12a"),
        ("recommendation 12", "recommendation 1"),
        ("recommendation 12", "It made a recommendation. 12 members agreed."),
        ("recommendation 12", "they recommended 12 trees"),
        ("recommendation 12", "minute 12"),
        ("recommendation 12.3", "recommendation 12"),
        ("recommendation 12.3", "recommendation 12.31"),
        ("minute 59", "minute 159"),
        ("ward 3", "the wardens 3 of them"),
        ("unit 5", "it united 5 villages"),
        ("motion A", "the motion a member moved"),
        ("24/00108", "24/001080"),
        ("24/00108", "124/00108"),
        ("£1.2m", "£11.2m"),
        ("£1.2m", "£1.2"),
        ("£1.2m", "€1.2m"),
        ("£1.2", "£1.25"),
        ("£75,000", "£75,000.50"),
        ("£1,500", "1,500 trees"),
        ("31/05/2019", "1 May 2019"),
        ("31/05/2019", "31 May 2018"),
        ("31/05/2019", "131/05/2019"),
        ("2025-26", "2024/25"),
        ("2025-26", "2025-260"),
    ],
)
def test_a_reference_is_not_met_by_what_only_looks_like_it(reference, text):
    assert not mentions(reference, text)


@pytest.mark.parametrize("day", ["31/02/2019", "2019-13-01", "00/00/0000"])
def test_what_looks_like_a_day_and_is_none_is_met_by_the_letter(day):
    assert mentions(day, f"the date {day} was a slip")
    assert not mentions(day, "the date was a slip")


REFERENCES = st.one_of(
    st.integers(0, 999).map(lambda n: f"recommendation {n}"),
    st.integers(0, 999).map(lambda n: f"minute {n}"),
    st.integers(1, 99_999).map(lambda n: f"24/{n:05}"),
    st.integers(0, 10**7).map(lambda n: f"£{n:,}"),
    st.dates().map(lambda day: f"{day:%d/%m}/{day.year:04}"),
)


@given(REFERENCES)
def test_every_reference_is_found_and_meets_itself(reference):
    assert reference in find_references(f"What about {reference}?")
    assert mentions(reference, f"(see {reference}).")


@given(REFERENCES, REFERENCES)
def test_a_reference_meets_no_other(one, other):
    assert mentions(one, f"It was {other}.") == (one == other)


@given(st.text(), st.text())
def test_arbitrary_text_never_raises_and_what_is_found_is_in_the_question(question, text):
    for reference in find_references(question):
        mentions(reference, text)
        assert reference.split()[-1] in question
    mentions(question, text)


def test_foreign_letters_that_a_pattern_takes_for_ours_do_no_harm():
    assert find_references("mınute 5 and the motİon 6") == ()
    assert mentions("£1m", "£1 mıllıon")
    assert mentions("31/05/2019", "31ſt of May 2019")


LONG = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "recommendation 1" + ", 2" * LONG,
        "recommendation" + " " * LONG,
        "recommendation 1" + " " * LONG,
        "1" * LONG,
        "£" + "1," * LONG,
        "A-" * LONG,
        "A1/" * LONG,
        "1/" * LONG,
    ],
)
def test_long_texts_are_read_in_time(text):
    started = perf_counter()
    for reference in ("recommendation 12", "24/00108", "£1.2m", "31/05/2019"):
        mentions(reference, text)
    assert perf_counter() - started < 5
