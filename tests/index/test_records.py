import json

from index.records import Answer, Filters, Found, Hit, Quote

HIT = Hit(
    rank=1,
    score=1.5,
    passage_id="ashmere/1:0-21",
    document_id="ashmere/1",
    url="https://minutes.ashmere.example/1",
    title="The mill bridge",
    council="Ashmere Borough Council",
    committee="Roads and Bridges Committee",
    meeting_date=None,
    section="resolved",
    start=0,
    end=21,
    text="The bridge is closed.",
)
QUOTE = Quote(
    text="The bridge is closed.",
    document_id="ashmere/1",
    url="https://minutes.ashmere.example/1",
    start=0,
    end=21,
    title="The mill bridge",
    council="Ashmere Borough Council",
    committee="Roads and Bridges Committee",
    meeting_date="2026-01-15",
    section="resolved",
    link="https://minutes.ashmere.example/1#:~:text=The%20bridge%20is%20closed.",
)
ANSWER = Answer(
    question="Is the bridge closed?",
    answered=True,
    answer="“The bridge is closed.” [1]",
    quotes=(QUOTE,),
    hits=(HIT, HIT),
    generation="000007",
    model="hash",
    seconds=0.25,
)

HIT_KEYS = (
    "rank score passage_id document_id url title council committee meeting_date section start end text"
).split()
QUOTE_KEYS = "text document_id url start end title council committee meeting_date section link".split()
ANSWER_KEYS = "question answered answer quotes hits generation model seconds state reason silence".split()


def through_json(value):
    return json.loads(json.dumps(value))


def test_a_hit_has_the_published_keys_in_their_order():
    published = through_json(HIT.as_dict())
    assert list(published) == HIT_KEYS
    assert published == {name: getattr(HIT, name) for name in HIT_KEYS}


def test_an_answer_has_the_published_keys_in_their_order_all_the_way_down():
    published = through_json(ANSWER.as_dict())
    assert list(published) == ANSWER_KEYS
    assert [list(quote) for quote in published["quotes"]] == [QUOTE_KEYS]
    assert published["quotes"][0] == {name: getattr(QUOTE, name) for name in QUOTE_KEYS}
    assert published["hits"] == [HIT.as_dict()] * 2
    assert (published["answered"], published["seconds"], published["generation"]) == (True, 0.25, "000007")


def test_filters_and_results_are_empty_until_something_is_found():
    assert Filters() == Filters(council="", committee="", date_from="", date_to="", kind="")
    found = Found(hits=(), interpreted="passages about “x”")
    assert (found.notes, found.also_in) == ((), None)
