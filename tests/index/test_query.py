from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from index.query import MAX_CHARACTERS, ParsedQuery, in_plain_words, parse_query, read_date, take_out_filters
from index.records import Filters


@pytest.mark.parametrize(
    ("query", "words", "parts"),
    [
        ("Why was the bridge closed?", "Why was the bridge closed?", {}),
        ("  bridge \n repair ", "bridge repair", {}),
        # Phrases
        ('"mill bridge" repair', "mill bridge repair", {"phrases": ("mill bridge",)}),
        ("“mill bridge” repair", "mill bridge repair", {"phrases": ("mill bridge",)}),
        ('"mill bridge" "both piers"', "mill bridge both piers", {"phrases": ("mill bridge", "both piers")}),
        # What must not occur
        ("bridge -railway", "bridge", {"excluded": ("railway",)}),
        ("-railway bridge", "bridge", {"excluded": ("railway",)}),
        ('bridge -"toll road"', "bridge", {"excluded": ("toll road",)}),
        ("bridge -“toll road”", "bridge", {"excluded": ("toll road",)}),
        ("bridge -council:Ashmere", "bridge", {"excluded": ("council:Ashmere",)}),
        ("well-known bridge", "well-known bridge", {}),
        # Alternatives
        ("bridge OR ford", "bridge ford", {"alternatives": (("bridge", "ford"),)}),
        ("a b OR c OR d", "a b c d", {"alternatives": (("b", "c", "d"),)}),
        ("a OR b b OR c", "a b b c", {"alternatives": (("a", "b"), ("b", "c"))}),
        ('"mill bridge" OR ford', "mill bridge ford", {"alternatives": (("mill bridge", "ford"),)}),
        ("ford OR “mill bridge”", "ford mill bridge", {"alternatives": (("ford", "mill bridge"),)}),
        ("bridge or ford", "bridge or ford", {}),
        ("ORchard BOARDS", "ORchard BOARDS", {}),
        # Malformed ones are searched as plain words
        ("OR bridge", "bridge", {}),
        ("bridge OR", "bridge", {}),
        ("bridge OR OR ford", "bridge ford", {"alternatives": (("bridge", "ford"),)}),
        ("bridge OR -ford toll", "bridge toll", {"excluded": ("ford",)}),
        ("bridge OR kind:minutes ford", "bridge ford", {"filters": Filters(kind="minutes")}),
        ("& OR bridge", "& bridge", {}),
        ("bridge OR & ford", "bridge & ford", {}),
        ('"mill bridge', '"mill bridge', {}),
        ('mill "" bridge', 'mill "" bridge', {}),
        ('mill "?" bridge', 'mill "?" bridge', {}),
        ("mill - bridge", "mill - bridge", {}),
        ("mill --bridge", "mill --bridge", {}),
        ("mill: bridge", "mill: bridge", {}),
        ("council: bridge", "council: bridge", {}),
        ('council:"" bridge', 'council:"" bridge', {}),
        ("from:yesterday bridge", "from:yesterday bridge", {}),
        ("to:2020-02-30 bridge", "to:2020-02-30 bridge", {}),
        ("from:0000 bridge", "from:0000 bridge", {}),
    ],
)  # fmt: skip
def test_a_query_is_taken_apart(query, words, parts):
    assert parse_query(query) == ParsedQuery(**{"words": words, "filters": Filters(), **parts})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("council:Ashmere", Filters(council="Ashmere")),
        ("Council:Ashmere", Filters(council="Ashmere")),
        ('council:"Ashmere Borough"', Filters(council="Ashmere Borough")),
        ("committee:“Roads and Bridges”", Filters(committee="Roads and Bridges")),
        ("kind:decision", Filters(kind="decision")),
        ("from:2019 to:2021", Filters(date_from="2019-01-01", date_to="2021-12-31")),
        ("from:2019-05 to:2020-02", Filters(date_from="2019-05-01", date_to="2020-02-29")),
        ("from:2019-05-31 to:2019-06-30", Filters(date_from="2019-05-31", date_to="2019-06-30")),
        ("from:31/05/2019 to:1/6/2019", Filters(date_from="2019-05-31", date_to="2019-06-01")),
        ("kind:minutes kind:report", Filters(kind="report")),
        (
            'council:Ashmere committee:"Roads" from:2019 kind:minutes',
            Filters(council="Ashmere", committee="Roads", date_from="2019-01-01", kind="minutes"),
        ),
    ],
)
def test_filters_are_read_wherever_they_stand(typed, expected):
    for query in (f"{typed} bridge", f"bridge {typed}", " bridge ".join((typed, ""))):
        assert parse_query(query) == ParsedQuery("bridge", expected)


def test_typed_filters_go_before_given_ones():
    given_ones = Filters(council="Ashmere", kind="minutes", date_to="2020-01-01")
    parsed = parse_query("bridge kind:report from:2019", given_ones)
    assert parsed.filters == Filters(
        council="Ashmere", kind="report", date_from="2019-01-01", date_to="2020-01-01"
    )


@pytest.mark.parametrize("query", ["", " ", "\n\t\f\u00a0"])
def test_an_empty_query_is_refused_with_what_to_do(query):
    with pytest.raises(UsageError, match="the question is empty; type"):
        parse_query(query)


@pytest.mark.parametrize(
    "query",
    ['"', "“", "-", "--", "OR", "OR OR", "?", '""', "_", "council:Ashmere", "from:2019 to:2020", "-bridge",
     '-"mill bridge"', "kind:minutes -bridge", "from:2019 OR"],
)  # fmt: skip
def test_a_query_without_words_is_refused_with_what_to_do(query):
    with pytest.raises(UsageError, match="no words to search for; add some"):
        parse_query(query)


def test_a_query_that_is_too_long_is_refused_with_its_length():
    assert parse_query(f" {'x' * MAX_CHARACTERS} ").words == "x" * MAX_CHARACTERS
    with pytest.raises(UsageError, match=f"100,000 characters, the limit is {MAX_CHARACTERS:,}"):
        parse_query("x " * 49_999 + "xx")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-2", "2019-02-01", "2019-02-28"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2019-05-31", "2019-05-31", "2019-05-31"),
        ("31/5/2019", "2019-05-31", "2019-05-31"),
        ("2019-13", None, None),
        ("2019-00", None, None),
        ("2019-02-29", None, None),
        ("5/31/2019", None, None),
        ("0000", None, None),
        ("31/05/19", None, None),
        ("May 2019", None, None),
        ("", None, None),
    ],
)
def test_dates_have_a_first_and_a_last_day(text, first, last):
    assert (read_date(text, last=False), read_date(text, last=True)) == (first, last)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mill bridge", "passages about “mill bridge”"),
        (
            '"mill bridge" repair -railway',
            "passages about “mill bridge repair”, with the words “mill bridge” in this order, "
            "without “railway”",
        ),
        ("bridge OR ford", "passages about “bridge ford”, with “bridge” or “ford”"),
        (
            'toll council:"Ashmere Borough" committee:Roads from:2019 to:2020 kind:minutes',
            "passages about “toll”, council: Ashmere Borough, committee: Roads, from: 2019-01-01, "
            "to: 2020-12-31, kind: minutes",
        ),
    ],
)
def test_a_query_is_said_in_plain_words(query, said):
    assert in_plain_words(parse_query(query)) == said


#: What queries turn on.
SIGNS = ("-", '"', "“", "”", "OR", " OR ", ":", " ", "\n")
WORDS = ("council:", "from:", "to:", "kind:", "2019", "31/05/2019", "bridge")
TYPED = st.lists(st.sampled_from(SIGNS + WORDS), max_size=25).map("".join)


@given(st.one_of(st.text(), TYPED, st.text(st.characters())))
def test_any_text_is_a_query_or_is_refused(text):
    try:
        parsed = parse_query(text)
    except UsageError:
        return
    assert parsed.words
    assert in_plain_words(parsed).startswith(f"passages about “{parsed.words}”")
    assert all(len(choices) > 1 for choices in parsed.alternatives)
    for day in (parsed.filters.date_from, parsed.filters.date_to):
        assert day == "" or read_date(day, last=False) == day
    sought = [*parsed.phrases, *(one for choices in parsed.alternatives for one in choices)]
    assert all(operand in parsed.words for operand in sought)
    assert all(any(map(str.isalnum, operand)) for operand in (*sought, *parsed.excluded))


@given(TYPED)
def test_a_query_of_plain_words_keeps_all_of_them(text):
    plain = text.replace("OR", "or").replace(":", "").replace('"', "").replace("“", "").replace("-", "")
    words = plain.split()
    if any(map(str.isalnum, plain)):
        assert parse_query(plain) == ParsedQuery(" ".join(words), Filters())


@pytest.mark.parametrize(
    "text", ['"', "“", "-", '-"', "council:", 'council:"', "a OR ", "a-", "“a", '"a', "”"]
)
def test_monotonous_queries_are_read_in_time(text):
    started = perf_counter()
    parse_query(f"x {text * (1_990 // len(text))}")
    assert perf_counter() - started < 1


@pytest.mark.parametrize(
    ("query", "text", "filters"),
    [
        ("bridge", "bridge", Filters(kind="minutes")),
        ("bridge council:Ashmere closed", "bridge closed", Filters("Ashmere", kind="minutes")),
        (
            "council:“Ashmere Borough” from:2019 bridge",
            "bridge",
            Filters("Ashmere Borough", "", "2019-01-01", "", "minutes"),
        ),
        ("kind:report", "", Filters(kind="report")),
        (
            '"mill  bridge" -ferry OR to:never -council:x',
            '"mill  bridge" -ferry OR to:never -council:x',
            Filters(kind="minutes"),
        ),
    ],
)
def test_filters_are_taken_out_of_a_query_that_else_stays_as_it_was_typed(query, text, filters):
    assert take_out_filters(query, Filters(kind="minutes")) == (text, filters)
    if text:
        assert parse_query(text, filters) == parse_query(query, Filters(kind="minutes"))
