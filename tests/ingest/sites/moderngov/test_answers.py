import pytest

from corpus.errors import UnreadableError
from ingest.sites.moderngov.answers import answer, elements, key, raw, value

DECLARED = b'<?xml version="1.0" encoding="utf-8"?>\r\n'


def test_counts_have_blanks_and_empty_elements_newlines() -> None:
    root = answer(
        DECLARED + b"<a><count> 12</count><none>\n   </none><t>A &amp;amp;amp; B</t></a>", "a", "it"
    )
    assert key(root, "count") == "12"
    assert value(root, "none") == ""
    assert value(root, "absent") == raw(root, "absent") == ""
    assert value(root, "t") == "A & B"


@pytest.mark.parametrize("number", ["0", "00", "", "-1", "x", "1.5", "٣"])
def test_what_is_no_key_is_none(number: str) -> None:
    assert key(answer(f"<a><id>{number}</id></a>".encode(), "a", "it"), "id") == ""


def test_a_namespace_does_not_matter() -> None:
    root = answer(b'<a xmlns="http://moderngov.co.uk/namespaces"><b><c>1</c></b><b/></a>', "a", "it")
    assert len(list(elements(root, "b"))) == 2
    assert [one.text for one in elements(root, "b/c")] == ["1"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>Just a moment...</body></html>", "<html> where <meeting>"),
        (b"<!DOCTYPE html><html><head><title>Azure WAF</title><br></head></html>", "web page in place"),
        (b"<meeting><meetingid>7</meeti", "broken XML"),
        (b"", "broken XML"),
        (b"Missing parameter: lMeetingId.", "broken XML"),
        (b"<getmeetings/>", "<getmeetings> where <meeting>"),
        (b"<!DOCTYPE meeting><meeting/>", "document type"),
        (b'<!DOCTYPE m [<!ENTITY a "b">]><meeting>&a;</meeting>', "document type"),
        (b'<!DOCTYPE m SYSTEM "file:///etc/passwd"><meeting/>', "document type"),
        ('<!DOCTYPE m [<!ENTITY a "b">]><meeting>&a;</meeting>'.encode("utf-16"), "document type"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=f"GetMeeting 7: .*{reason}"):
        answer(body, "meeting", "GetMeeting 7")


@pytest.mark.timeout(20)
def test_an_entity_bomb_does_not_swell() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "lol" * 10}">' for i in range(12))
    bomb = f"<!DOCTYPE meeting [{entities}]><meeting>&e11;</meeting>"
    with pytest.raises(UnreadableError, match="GetMeeting 7"):
        answer(bomb.encode(), "meeting", "GetMeeting 7")
