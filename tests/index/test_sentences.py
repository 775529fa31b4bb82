from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans

LONG = 100_000


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The report was noted.| The plan was kept.",
        "Was it agreed?| It was!| So the Chair said.",
        # Titles, initials and letters
        "Cllr. Hale asked.| Cllrs. Hale and Orme replied.",
        "Mr. and Mrs. Vane came with Dr. Orme and Rev. Hale.| All stood.",
        "The Rt. Hon. Lady came.| All stood.",
        "The motion of Cllr. A. B. Orme fell.| It had no seconder.",
        "J. R. Vane spoke.| He left.",
        "The bequest of D.M. Wills was noted.| It was large.",
        "The grant went to Group A.| The rest went to Group B.",
        "The U.K. Government replied to the N.H.S. Trust.| Nothing came of it.",
        "They moved to the U.K. and stayed.| They liked the U.K.| The rest did not.",
        # Abbreviations
        "Two sites, e.g. the park, were seen.| Others, i.e. The Old Mill, were not.",
        "See No. 5 and paras. 3 and 4.| See App. B, too.",
        "The answer was no.| The Chair moved on.",
        "See para. 4.2.| The rest follows.",
        "It will cost approx. £5.| That is little.",
        "Members spoke of fees, etc.| The Chair closed the debate.",
        "St. Mary's Church and Mill St. car park are shut.| So is Mill St.| The library is open.",
        "The firm was Vane & Orme Ltd.| However, no contract was let.",
        "The case of Vane v. Orme was lost.| It was dear.",
        "Sec. 106 money was held.| It was spent.",
        "A by-law to amend By-law No. CP-2, once no. CP-1, and S.I. No 182 was made.| Nobody objected.",
        "The mill is on the Reg. No. 1693 list.| There are 120 no. Ashmere mills and Twenty No. Fords.",
        "It was moved by Vane T.D. AND BY OTHERS, see Ref. No: 07.",
        "The plan was kept.| * To note it.| “ To close it.",
        "It was moved by PP.| JS spoke.",
        # Letters of lists within a line
        "It was said: a. The piers were old.| b. The road was new.| c) Both were dear.",
        # Amounts, numbers, times, dates
        "The fee is £5. 00 a day, or £12. 50.| It was £1,250. 00.| In May.",
        "It cost £5.| 2025 was dear.| It cost £1,200.| 12 paid it.",
        "It cost £1.2m.| The budget was £1.25 million.",
        "It rose by 2.5 per cent.| In 2019 it fell.",
        "The vote was 5 to 4.| 12 members were away.",
        "The meeting began at 7 p.m.| The Chair spoke.",
        "The meeting ran from 7 p.m. to 9.30 p.m. on Monday.| Then it closed.",
        "The shop opens at 10am.| It closes at 5.30pm.",
        "Work began on Mon. 3 Feb. 2025.| It ended in Sept. 2026.| Nobody complained.",
        "The market is on Sat.| Stalls open early.",
        # Quotes and brackets after the stop
        "She said “we will go.”| The Clerk agreed.",
        "She said ‘we will go.’| The Clerk agreed.",
        '"Why?" asked Mr. Vane.| "Because."| He sat down.',
        "It was shut (see above.)| The rest stood.",
        "It was shut (see above).| (The Chair left.)| Nobody spoke.",
        "[The Chair left.]| The rest stayed.",
        "**The report was noted.**| _It was long._| It passed.",
        # Ellipses
        "The matter was... deferred.| Then...| The Chair spoke.",
        "The matter was … deferred.| Then it ended…| The Chair spoke.",
        # Addresses and names with points
        "Write to clerk@ashmere.example.| See www.ashmere.example, too.",
        "The vote: For 5; Against 3; Abstain 1.| It was carried.",
        # Lists and lines
        "1. To note the report.|\n2. To approve the budget; and|\n3. To thank the Clerk.",
        "12. To note the report.| To thank staff.",
        "4.2. To note the report.|\n10.2.1. To thank staff.",
        "iv. To note the report.|\nb. To thank staff.",
        "(a) The report; and|\n(b) the plan.",
        "• The report|\n• The plan.| It is long.",
        "The following were noted;|\nthe first;|\nthe second.",
        "to consult the owners of the land on both banks of the river;|\nto seek tenders;|\nto report.",
        "Members asked:|\nWhy was the bridge shut?",
        # Headings and labels
        "RESOLVED:|\nThat the report be noted.",
        "PUBLIC QUESTION TIME|\n\nThe first was put.",
        "Reasons for decision|\n\nThe bridge was unsafe.| It could fall.",
        # A line that a page has broken
        "The Committee considered at length the report of the Director of\nPlaces.| It was noted.",
        # Nothing to part
        "no end",
        "Ends with an abbreviation: etc.",
        "...",
        "",
        " \n\f\t ",
    ],
)
def test_the_english_of_clerks_falls_into_its_sentences(text):
    expected = [part.strip() for part in text.split("|") if part.strip()]
    assert sentences(text.replace("|", "")) == expected


def test_a_part_of_a_text_is_read_as_if_it_were_all():
    text = "Before. The first one. The second one. After."
    start, end = text.index("The first"), text.index(" After")
    assert [text[a:b] for a, b in sentence_spans(text, start, end)] == ["The first one.", "The second one."]


#: What sentences turn on.
WORDS = 'Cllr. No. e.g. p.m. J. The the 5 £1.2m St. etc. • 1. (a) RESOLVED ** … ... ; : ! ? . ” ’ " ( ) [ ]'
BLANKS = (" ", "  ", "\n", "\n\n", "\r\n", "\f", "\t", "\x85", "\u2028", "\x1f", "\u00a0")
CLERKLY = st.lists(st.sampled_from([*WORDS.split(), *BLANKS]), max_size=60).map("".join)


@given(st.one_of(st.text(), CLERKLY))
def test_sentences_hold_every_character_that_is_not_blank_once_and_in_order(text):
    last = 0
    for start, end in sentence_spans(text):
        assert not text[last:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "." * LONG + "x",
        "." * LONG,
        ".'" * LONG + "x",
        "." + '"' * LONG + "x",
        "a. " * LONG,
        "a." * LONG,
        "; " * LONG,
        ";" + " " * LONG + "x",
        " " * LONG,
        "x" * LONG,
        "(" * LONG,
        "x. " + "(" * LONG,
        "**" * LONG,
        "\n" * LONG,
        "1." * LONG,
    ],
    ids=lambda text: repr(text[:4]),
)
def test_monotonous_text_is_read_in_time(text):
    started = perf_counter()
    list(sentence_spans(text))
    assert perf_counter() - started < 3
