from dataclasses import replace

import pytest

from corpus.errors import GenerationError
from corpus.records import Section
from tests.ui.web.fake import BANDSTAND, BANDSTAND_ANSWER, FakeBackend, answer, document, hit, quote
from ui.web.examples import SHOWN, Examples, find_examples, subject_of


class Answering(FakeBackend):
    """Answers every question out of the document whose title is in it."""

    def ask(self, question, **_):
        self.asked.append(question)
        for one in self.documents:
            if subject_of(one.title) in question:
                return answer(question, [quote(one, one.text)], [hit(one, one.text)])
        return answer(question, [], [])


def items(*titles: str, **fields):
    return tuple(
        document(f"{n}{title}", title, [("minutes", f"About it, {n}.")], **fields)
        for n, title in enumerate(titles)
    )


def test_examples_are_about_items_that_the_minutes_answer():
    assert find_examples(FakeBackend()) == ("What was decided about the bandstand in Wellow Park?",)


def test_what_the_minutes_do_not_answer_is_no_example():
    backend = FakeBackend(documents=items("3. The library"))
    assert find_examples(backend) == ()
    assert backend.asked == ["What was said about the library?"]


def test_routine_items_are_no_examples():
    backend = Answering(documents=items("1. Apologies for absence", "2. Minutes of the last meeting"))
    assert find_examples(backend) == ()


def test_examples_come_from_several_bodies_newest_first():
    documents = (
        *items("1. The pool", "2. The roof", "3. The gate", committee="A", meeting_date="2026-01-01"),
        *items("1. The fence", committee="B", meeting_date="2026-02-01"),
        *items("1. The bridge", committee="A", meeting_date="2020-02-01"),
    )
    assert find_examples(Answering(documents=documents)) == (
        "What was said about the fence?",
        "What was said about the pool?",
        "What was said about the roof?",
    )


def test_a_file_of_a_whole_meeting_gives_the_headings_in_it():
    text = "One. Two."
    whole = replace(
        BANDSTAND,
        title="minutes-2026.pdf",
        text=text,
        sections=(
            Section("4. Apologies · minutes", 0, 4),
            Section("5. Duck pond · minutes", 4, 5),
            Section("5. Duck pond · resolved", 5, 9),
        ),
    )

    class Whole(FakeBackend):
        def ask(self, question, **_):
            return replace(BANDSTAND_ANSWER, question=question)

    assert find_examples(Whole(documents=(whole,))) == ("What was decided about Duck pond?",)


def test_they_are_found_once_for_each_generation():
    backend = Answering(documents=items("3. The library"))
    examples = Examples(backend)
    assert examples() == examples() == ("What was said about the library?",)
    assert len(backend.asked) == 1
    backend.generation, backend.documents = "000008", items("3. The museum")
    assert examples() == ("What was said about the museum?",)


def test_without_anything_indexed_there_are_none():
    class Empty(FakeBackend):
        def holdings(self):
            raise GenerationError("nothing is indexed yet")

    assert Examples(Empty())() == ()


def test_no_more_questions_are_asked_than_are_shown():
    backend = Answering(documents=items(*(f"{n}. The bridge no. {n} of {n}00" for n in range(1, 30))))
    assert len(find_examples(backend)) == len(backend.asked) == SHOWN


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("7. The bandstand in Wellow Park", "the bandstand in Wellow Park"),
        ("Item 12a: Library hours (Pages 5 - 10)", "Library hours"),
        ("24/00108 - Two houses", "Two houses"),
        ("20 mph zones", "20 mph zones"),
        ("2021-02-02.pdf", ""),
        ("Declarations of interest", ""),
        ("General Meeting of the Allotment Society", ""),
        ("**Chart** of everything", ""),
        ("x" * 100, ""),
        ("", ""),
    ],
)
def test_a_title_becomes_a_subject_or_none(title, subject):
    assert subject_of(title) == subject


def test_the_number_that_a_site_prints_before_a_title_is_none_of_its_words():
    assert subject_of("54 20 mph zones", "54") == "20 mph zones"
