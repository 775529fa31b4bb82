import shlex
from dataclasses import replace

import pytest

from corpus.records import SourceState
from index.answering.states import Mentioned, Reason, Silence
from index.records import Answer, Filters, Found, Hit, Quote
from ingest.report import Looked
from ui.terminal import WIDTH, answer_text, found_text, looked_line, printable

HIT = Hit(
    rank=1,
    score=1.5,
    passage_id="d:0-10",
    document_id="d",
    url="https://ashmere.example/7",
    title="The bandstand",
    council="Ashmere Borough Council",
    committee="Parks",
    meeting_date="2026-01-15",
    section="minutes",
    start=0,
    end=10,
    text="The frame was sound. " * 20,
)
QUOTE = Quote(
    text="The frame was sound.",
    document_id="d",
    url=HIT.url,
    start=0,
    end=20,
    title=HIT.title,
    council=HIT.council,
    committee=HIT.committee,
    meeting_date=HIT.meeting_date,
    section="minutes",
    link=f"{HIT.url}#:~:text=The%20frame",
)
ANSWER = Answer(
    "Why?",
    True,
    "Ashmere Borough Council: “The frame was sound.” [1]",
    (QUOTE,),
    (HIT,),
    "000001",
    "hash",
    0.1,
)


def test_an_answer_names_where_each_quote_stands():
    said = answer_text(ANSWER)
    assert said.startswith("Ashmere Borough Council: “The frame was sound.” [1]\n")
    assert "[1] Ashmere Borough Council · Parks · 15 January 2026 · The bandstand · minutes" in said
    assert QUOTE.link in said


def test_silence_shows_the_closest_passages_as_such():
    said = answer_text(replace(ANSWER, answered=False, answer="The minutes do not say.", quotes=()))
    assert said.startswith("The minutes do not say.\n")
    assert "The closest passages, which are no answer:" in said
    assert "1. Ashmere Borough Council" in said


def test_silence_without_any_passage_says_no_more():
    said = answer_text(replace(ANSWER, answered=False, answer="The minutes do not say.", quotes=(), hits=()))
    assert said == "The minutes do not say."


def test_silence_gives_the_command_that_finds_all_that_mention_the_matter():
    mentioned = Mentioned(("mill", "o'hare"), 2, 0, "2019-03-05", "2021-05-12", '"mill" "o\'hare\x1b"')
    silent = replace(
        ANSWER, answered=False, quotes=(), silence=Silence(Reason.NOT_STATED, mentioned=mentioned)
    )
    said = answer_text(silent, Filters(council="A; rm -r ~", date_from="2019-01-01"))
    command = said.splitlines()[-1].removeprefix("All that mention it: ")
    assert shlex.split(command) == [
        "minutebook", "search", '"mill" "o\'hare "', "--council", "A; rm -r ~", "--from", "2019-01-01",
    ]  # fmt: skip


def test_hits_are_wrapped_and_name_their_twins():
    found = Found(
        (HIT,), "passages about “frame”", also_in={HIT.passage_id: (("Twin", "https://x.example"),)}
    )
    said = found_text(found)
    assert "also in 1 other document\n" in said
    assert all(len(line) <= WIDTH for line in said.splitlines())


def test_nothing_found_is_said():
    assert found_text(Found((), "passages about “x”")) == "Nothing was found."


@pytest.mark.parametrize("steering", ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\r", "\x08"])
def test_nothing_scraped_steers_the_terminal(steering):
    hostile = f"be{steering}fore"
    hit = replace(HIT, text=hostile, title=hostile, council=hostile, url=f"https://x.example/{hostile}")
    quote = replace(QUOTE, text=hostile, title=hostile, link=hostile)
    said = [
        printable(hostile),
        answer_text(replace(ANSWER, answer=hostile, quotes=(quote,))),
        found_text(Found((hit,), "x")),
        looked_line(Looked(hostile, SourceState.OK)),
    ]
    assert not any(steering[0] in text for text in said)


def test_an_address_out_of_the_minutes_stays_in_its_line():
    address = "https://x.example/\n\nError: the index is gone\u2028Error: twice"
    said = [
        answer_text(replace(ANSWER, quotes=(replace(QUOTE, link=address),))),
        found_text(Found((replace(HIT, url=address),), "x")),
    ]
    assert not any(line.lstrip().startswith("Error") for text in said for line in text.splitlines())


def test_a_look_is_one_line():
    looked = Looked("ashmere", SourceState.OK, new=1_200, failed=2, skipped=3, seconds=1.24)
    assert looked_line(looked) == "ashmere: 1,200 new, 2 failed, 3 of other kinds skipped (1.2 s)"
    assert looked_line(Looked("ashmere", SourceState.OK)) == "ashmere: nothing there (0.0 s)"
