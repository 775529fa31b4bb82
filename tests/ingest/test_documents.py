from corpus.records import Document, Kind, Section
from ingest.documents import Defaults, to_document
from ingest.parsed import Parsed

NOW = "2026-02-03T02:10:00+00:00"


def document(parsed: Parsed, defaults: Defaults | None = None) -> Document:
    return to_document(
        parsed,
        defaults or Defaults(),
        document_id="s/a.txt",
        source="s",
        url="file:///s/a.txt",
        title="a",
        now=NOW,
    )


def test_what_a_file_says_of_itself_goes_before_its_source():
    parsed = Parsed("The bridge", "Words.", url="https://x.example/1", council="Ashmere", committee="Roads")
    made = document(parsed, Defaults("Other", "Other", None))
    assert (made.title, made.url, made.council, made.committee) == (
        "The bridge", "https://x.example/1", "Ashmere", "Roads",
    )  # fmt: skip


def test_what_a_file_does_not_say_comes_from_its_source_and_its_place():
    made = document(Parsed("", "Words."), Defaults("Ashmere", "Roads", Kind.REPORT))
    assert (made.id, made.source, made.title, made.url) == ("s/a.txt", "s", "a", "file:///s/a.txt")
    assert (made.council, made.committee, made.kind, made.fetched_at) == (
        "Ashmere",
        "Roads",
        Kind.REPORT,
        NOW,
    )


def test_a_kind_that_a_file_shows_stays():
    assert document(Parsed("x", "Words.", kind=Kind.AGENDA), Defaults(kind=Kind.REPORT)).kind is Kind.AGENDA


def test_the_day_of_the_meeting_is_found_in_the_words():
    text = "Minutes of the meeting of the Roads Committee held on Thursday 15 January 2026.\n\nWords."
    assert document(Parsed("Roads", text)).meeting_date == "2026-01-15"
    assert document(Parsed("Roads", text, meeting_date="2026-01-16")).meeting_date == "2026-01-16"


def test_sections_are_kept():
    sections = (Section("resolved", 0, 6),)
    assert document(Parsed("x", "Words.", sections=sections)).sections == sections
