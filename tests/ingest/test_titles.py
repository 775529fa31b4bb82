import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.titles import TITLE_CHARACTERS, borne_out, find_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Flood Defences\n\nThe Clerk reported.", "Flood Defences"),
        ("\n\n  **Flood   Defences:**\n\nThe Clerk reported.", "Flood Defences"),
        ("Roads Committee, 4 May 2026, 7.30 p.m.\n\nWords.", "Roads Committee, 4 May 2026, 7.30 p.m."),
        ("Agenda item\n\nFlood Defences\n\nThe Clerk reported.", "Flood Defences"),
        ("Eitem ar yr agenda\nAmddiffynfeydd\nGeiriau.", "Amddiffynfeydd"),
        ("Agenda item", ""),
        ("# Flood Defences\n\nWords.", "Flood Defences"),
        ("The Roads Committee\n\n# Flood Defences\n\nWords.", "Flood Defences"),
        ("The Roads Committee\n\n## Flood Defences\n\nWords.", "The Roads Committee"),
        ("Ashmere Borough Council\n\nRoads Committee\n\nWords.", "Ashmere Borough Council – Roads Committee"),
        ("London Borough of Ashmere\nMINUTES\nRoads", "London Borough of Ashmere – MINUTES – Roads"),
        ("MINUTES\n\nTOWN OF ASHMERE\n\nMonday", "MINUTES – TOWN OF ASHMERE"),
        ("DRAFT\n\nMinutes of the Roads Committee\n\nWords.", "DRAFT – Minutes of the Roads Committee"),
        ("Cyngor Ashmere\nPwyllgor Ffyrdd", "Cyngor Ashmere – Pwyllgor Ffyrdd"),
        ("Ashmere Parish Council\n\n1. Apologies\n\nNone.", "Ashmere Parish Council"),
        ("Ashmere Parish Council\n\nThe Chair opened the meeting.", "Ashmere Parish Council"),
        ("1\n\nROADS COMMITTEE\n\nWords.", "ROADS COMMITTEE"),
        ("1 ROADS COMMITTEE\n\nWords.", "ROADS COMMITTEE"),
        ("3 Options for the bridge\n\nWords.", "3 Options for the bridge"),
        ("--- ROADS COMMITTEE\n\nWords.", "ROADS COMMITTEE"),
        ("---\n\n*<small>Scanned page</small>*\n\nROADS COMMITTEE", "ROADS COMMITTEE"),
    ],
)  # fmt: skip
def test_the_title_stands_at_the_head(text, title):
    assert find_title(text) == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "12\n\n---\n\n2026",
        "The bridge was closed.",
        "Held in the Village Hall at seven o'clock.",
        "w" * (TITLE_CHARACTERS + 1),
        "a very long sentence about the bridge " * 5,
        "• a bullet",
        "1. That the bridge be closed",
        "RESOLVED:",
        "Page 1 of 9",
        "Venue: Town Hall, Ashmere",
        "Contact: the Clerk",
        "PRESENT: the Chair and six members",
        "Apologies: none",
    ],
)
def test_what_is_no_title_gives_none(text):
    assert find_title(text) == ""


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            "MINUTES OF THE MEETING OF THE\nROADS COMMITTEE\n\nWords.",
            "MINUTES OF THE MEETING OF THE ROADS COMMITTEE",
        ),
        ("MINUTES\nOF\nTHE\nROADS COMMITTEE\n\nWords.", "MINUTES OF THE ROADS COMMITTEE"),
        ("Minutes of the Ashmere-\nHighmoor Forum\n\nWords.", "Minutes of the Ashmere-Highmoor Forum"),
        ("The Roads Committee\nheld on 4 May 2026", "The Roads Committee held on 4 May 2026"),
        ("Minutes of the Roads Committee held in", "Minutes of the Roads Committee"),
        (
            "MINUTES OF THE ROADS COMMITTEE HELD IN\nTHE UPPER ROOM OF THE OLD TOWN HALL OF ASHMERE ON\n"
            "MONDAY 4 MAY 2026 AT SEVEN IN THE EVENING",
            "MINUTES OF THE ROADS COMMITTEE",
        ),
    ],
)  # fmt: skip
def test_a_broken_title_is_mended(lines, title):
    assert find_title(lines) == title


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_title_is_short_or_joined_from_short_lines_and_has_letters(text):
    title = find_title(text)
    assert "\n" not in title
    assert not title or any(character.isalpha() for character in title)
    assert all(len(part) <= TITLE_CHARACTERS for part in title.split(" – "))


HEAD = "ASHMERE BOROUGH COUNCIL\n\nMinutes of the Roads Committee held on 4 May 2026.\n\n"


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("Roads Committee minutes", "Roads Committee minutes"),
        (" Roads \x00 Committee\nMinutes ", "Roads Committee Minutes"),
        ("Minutes 4 May 2026", "Minutes 4 May 2026"),
        ("Minutes of the Roads Committee 2019", ""),
        ("Planning Committee agenda template", ""),
        ("Microsoft Word - Roads Committee", ""),
        ("Roads Committee.docx", ""),
        ("Untitled Roads Committee", ""),
        ("Document 4", ""),
        ("Minutes", ""),
        ("RoadsCommittee", ""),
        ("Roads " * 30, ""),
        ("", ""),
    ],
)
def test_a_title_from_metadata_counts_only_if_the_words_bear_it_out(named, title):
    assert borne_out(named, HEAD + "word " * 2000) == title


def test_words_far_below_the_head_bear_nothing_out():
    assert borne_out("Planning Committee minutes", "word " * 2000 + "Planning Committee minutes") == ""
