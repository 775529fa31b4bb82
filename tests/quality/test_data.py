"""The minutes and questions are what they claim to be: right offsets, right shares, no name twice."""

from collections import Counter

from index.evaluation.questions import read_questions
from ingest.import_lines import read_lines, read_row
from tests.quality.data import MINUTES, QUESTIONS, rows

TEXTS = {row["url"]: row["text"] for row in rows(MINUTES)}
ANSWERABLE = [row for row in rows(QUESTIONS) if row["answerable"]]


def test_the_minutes_are_in_the_import_format_and_each_has_an_address_of_its_own():
    imported = [read_row(line) for line in read_lines(MINUTES)]

    assert len({row.url for row in imported}) == len(imported) >= 45
    assert all(row.title and row.council and row.committee and row.meeting_date for row in imported)
    assert {row.kind for row in imported} == {"minutes", "decision", "report"}


def test_the_minutes_span_three_municipal_years_and_are_long_enough_to_get_lost_in():
    words = [len(text.split()) for text in TEXTS.values()]

    assert 15_000 <= sum(words) <= 25_000
    assert sum(count >= 1_500 for count in words) >= 4
    # A municipal year begins with the annual meeting in May.
    years = Counter(
        sum(row["meeting_date"] >= f"{year}-05" for year in (2023, 2024)) for row in rows(MINUTES)
    )
    assert sorted(years) == [0, 1, 2]
    assert min(years.values()) >= 10


def test_there_are_45_questions_with_answers_and_15_without():
    read = read_questions(QUESTIONS)

    assert read.problems == ()
    assert Counter(question.is_answerable for question in read.questions) == {True: 45, False: 15}
    assert len({question.id for question in read.questions}) == 60
    assert all(question.url and question.spans for question in read.questions if question.is_answerable)


def test_each_span_is_the_quote_beside_it_word_for_word():
    for row in ANSWERABLE:
        found = [TEXTS[row["url"]][start:end] for start, end in row["spans"]]
        assert found == row["quotes"], row["id"]


def test_no_span_cuts_a_word_or_begins_or_ends_in_a_gap():
    for row in ANSWERABLE:
        text = TEXTS[row["url"]]
        for start, end in row["spans"]:
            assert text[start:end] == text[start:end].strip(), row["id"]
            assert not (text[start - 1 : start].isalnum() and text[start].isalnum()), row["id"]
            assert not (text[end : end + 1].isalnum() and text[end - 1].isalnum()), row["id"]


def test_alternatives_are_just_the_other_documents_with_the_same_words():
    for row in ANSWERABLE:
        same = [url for url, text in TEXTS.items() if url != row["url"] and row["quotes"][0] in text]
        assert row["alt_urls"] == same, row["id"]
