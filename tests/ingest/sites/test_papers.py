import asyncio
import threading

import pytest

from corpus.errors import UnreadableError
from ingest.sites.papers import read_paper, wanted_papers
from ingest.sites.records import Attachments, PaperKind, Proceedings
from tests.ingest.making_pdf import body, flowing
from tests.ingest.sites.scripted import item, meeting, paper

EVERY = tuple(paper(kind.value, kind) for kind in PaperKind)


def wanted(proceedings: Proceedings, attachments: Attachments = Attachments.ALL) -> list[str]:
    return [one.key for one in wanted_papers(proceedings, attachments)]


class TestWhichAreWanted:
    @pytest.mark.parametrize(
        ("attachments", "keys"),
        [
            (Attachments.NONE, []),
            (Attachments.MINUTES, ["minutes", "decisions"]),
            (Attachments.REPORTS, ["minutes", "report", "decisions"]),
            (Attachments.ALL, ["minutes", "report", "appendix", "decisions", "frontsheet"]),
        ],
    )
    def test_each_mode_has_its_kinds(self, attachments, keys):
        assert wanted(meeting("1", "2026-01-05", papers=EVERY), attachments) == keys

    @pytest.mark.parametrize(
        ("label", "left_out"),
        [
            ("minutes", {"minutes", "decisions", "frontsheet"}),
            ("decision", {"decisions", "frontsheet"}),
            ("", {"frontsheet"}),
        ],
    )
    def test_what_the_items_say_themselves_is_not_read_again_in_print(self, label, left_out):
        printed = [one for one in EVERY if one.kind is not PaperKind.PACK]
        proceedings = meeting("1", "2026-01-05", item("11", label=label), papers=tuple(printed))
        assert set(wanted(proceedings)) == {one.key for one in printed} - left_out

    def test_a_pack_is_read_where_its_files_are_not_to_be_had(self):
        pack = paper("pack", PaperKind.PACK)
        assert wanted(meeting("1", "2026-01-05", papers=(pack,))) == ["pack"]
        report = item("11", papers=(paper("5", item="11"),))
        assert wanted(meeting("1", "2026-01-05", report, papers=(pack,))) == ["5"]

    def test_minutes_among_the_papers_of_an_item_are_those_of_another_meeting(self):
        earlier = paper("9", PaperKind.MINUTES, item="11")
        assert wanted(meeting("1", "2026-01-05", item("11", papers=(earlier,))), Attachments.MINUTES) == ["9"]

    def test_those_of_the_meeting_come_before_those_of_its_items(self):
        items = (item("11", papers=(paper("5", item="11"),)), item("12", papers=(paper("6", item="12"),)))
        assert wanted(meeting("1", "2026-01-05", *items, papers=(paper("7"),))) == ["7", "5", "6"]

    def test_a_file_that_stands_in_two_places_is_read_once(self):
        items = (item("11", papers=(paper("5", item="11"),)), item("12", papers=(paper("5", item="12"),)))
        assert wanted(meeting("1", "2026-01-05", *items, papers=(paper("5"),))) == ["5"]

    def test_files_of_the_meeting_share_its_number_and_are_several(self):
        papers = (paper("7", PaperKind.MINUTES), paper("7", PaperKind.DECISIONS), paper("7"))
        assert wanted(meeting("1", "2026-01-05", papers=papers)) == ["7", "7", "7"]


class TestReading:
    def read(self, data: bytes, address: str, title: str = "Report"):
        return asyncio.run(read_paper(data, address, title))

    def test_first_bytes_say_more_than_an_address_without_an_ending(self):
        parsed = self.read(
            flowing(body("The bridge was closed.")), "https://ashmere.example/mgConvert2PDF.aspx?ID=5"
        )
        assert "The bridge was closed." in parsed.text
        assert [page.number for page in parsed.pages] == [1]

    def test_the_ending_is_that_of_the_address_or_of_the_title(self):
        words = b"The bridge was closed."
        for address, title in (("/documents/s5/A%20report.txt", "Report"), ("/documents/s5", "report.txt")):
            assert self.read(words, f"https://ashmere.example{address}", title).text == words.decode()

    def test_personal_lines_are_left_out(self):
        words = b"The bridge was closed.\n\nContact: Ada Quill, Tel: 01632 960123\n\nIt was reopened in May."
        text = self.read(words, "https://ashmere.example/5.txt").text
        assert ("Quill" in text, "reopened" in text) == (False, True)

    @pytest.mark.parametrize(
        ("data", "name", "told"),
        [
            (b"", "5.txt", "empty"),
            (b"\x00\x01", "5.xls", "no kind of file that is read"),
            (b"%PDF-1.4 broken", "5.pdf", "PDF"),
            (b"{\\rtf1}", "5.rtf", "save it as DOCX or PDF"),
        ],
    )
    def test_what_cannot_be_read_says_why(self, data, name, told):
        with pytest.raises(UnreadableError, match=told):
            self.read(data, f"https://ashmere.example/{name}")

    def test_files_are_read_one_at_a_time_beside_whatever_goes_on(self, monkeypatch):
        threads = []
        monkeypatch.setattr(
            "ingest.sites.papers._read", lambda data, name: threads.append(threading.current_thread())
        )

        async def several() -> None:
            await asyncio.gather(*(read_paper(b"x", "https://ashmere.example/5.txt", "") for _ in range(4)))

        asyncio.run(several())
        assert len(set(threads)) == 1
        assert threads[0] is not threading.current_thread()
