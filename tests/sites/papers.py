"""The files of the fictional council, made as PDF or Word the first time that one is asked for."""

from functools import cache
from io import BytesIO

import docx
from reportlab.platypus import Flowable

from tests.ingest.making_pdf import body, flowing, heading, item
from tests.sites.markup import plain
from tests.sites.publishing import Meeting, Paper

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def contents(paper: Paper) -> bytes:
    """Return the bytes of a file; the printed minutes of a meeting are made by `printed`."""
    return _word(paper.body) if paper.form == "docx" else _pdf(paper.title, paper.body)


def printed(meeting: Meeting) -> bytes:
    """Return the printed minutes of `meeting`."""
    if meeting.printed:
        return _pdf("Printed minutes", meeting.printed)
    lines = [f"# {meeting.committee.title}", f"Minutes of the meeting of {meeting.day:%d %B %Y}"]
    for of in meeting.items:
        if of.displayed and not of.restricted and of.minutes:
            lines += [f"# {of.number} {of.title}", *plain(of.minutes).split("\n")]
    return _pdf("Printed minutes", tuple(lines))


def frontsheet(meeting: Meeting) -> bytes:
    """Return the agenda of `meeting` as a list of its items."""
    titles = [f"{i.number} {i.title}".strip() for i in meeting.items if i.displayed and (i.title or i.number)]
    return _pdf("Agenda", (f"# {meeting.committee.title}", f"Agenda for {meeting.day:%d %B %Y}", *titles))


def decisions(meeting: Meeting) -> bytes:
    """Return the decisions of `meeting`."""
    taken = [
        f"{i.title}: {i.decision}" for i in meeting.items if i.decision and not i.restricted and i.displayed
    ]
    return _pdf("Decisions", (f"# Decisions of {meeting.committee.title}", *taken))


def pack(meeting: Meeting) -> bytes:
    """Return all public papers of `meeting` in one file."""
    lines = [f"# Public reports pack, {meeting.committee.title}"]
    for of in meeting.items:
        if of.displayed and not of.restricted:
            lines += [line for paper in of.papers if not paper.restricted for line in paper.body]
    return _pdf("Public reports pack", tuple(lines))


@cache
def _pdf(title: str, lines: tuple[str, ...]) -> bytes:
    return flowing(*(_flowable(line) for line in lines), title=title, foot="Page #")


def _flowable(line: str) -> Flowable:
    text = plain(line).replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
    if line.startswith("# "):
        return heading(text)
    number, _, rest = text.partition(" ")
    return item(number, rest) if number.endswith(".") and number[:-1].isdigit() and rest else body(text)


@cache
def _word(lines: tuple[str, ...]) -> bytes:
    document = docx.Document()
    for line in lines:
        if line.startswith("# "):
            document.add_heading(line[2:], level=1)
        else:
            document.add_paragraph(plain(line))
    file = BytesIO()
    document.save(file)
    return file.getvalue()
