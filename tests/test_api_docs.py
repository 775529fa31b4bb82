"""What docs/api.md says is there."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.ui.web.fake import FakeBackend
from ui.web.access.bodies import MOST_BYTES
from ui.web.api import formats, limits
from ui.web.api.asking import Ask
from ui.web.api.routes import make_api, openapi

DOCS = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
WORDS = " ".join(DOCS.split())


def described() -> dict[str, Any]:
    return openapi(make_api(FakeBackend(), lambda: True))


def test_every_address_is_told_and_every_one_told_is_there():
    told = set(re.findall(r"/api/[a-z]+(?:\.json|/\{id\})?", DOCS)) | set(re.findall(r"/health", DOCS))
    there = {path.replace("{document_id}", "{id}") for path in described()["paths"]}
    assert told - {"/api/documents"} == there


def test_every_status_is_told():
    rows = re.findall(r"^\| ([0-9, ]+) \|", DOCS, re.MULTILINE)
    told = {status for row in rows for status in row.split(", ")} | {"304", "200"}
    there = {
        status
        for item in described()["paths"].values()
        for operation in item.values()
        for status in operation["responses"]
    }
    assert told == there


def test_every_field_is_told():
    for record in (formats.Answer, formats.Quote, formats.Hit, formats.Found, formats.Document):
        for field in record.model_fields:
            assert f'"{field}"' in DOCS
    for name, info in Ask.model_fields.items():
        assert f'"{info.alias or name}"' in DOCS


def test_the_numbers_that_are_said_are_those_that_hold():
    assert f"A question has up to {limits.LONGEST_QUESTION:,} characters" in WORDS
    assert f"a name in a filter up to {limits.LONGEST_NAME:,}; `k` is 1 to {limits.MOST_HITS}" in WORDS
    assert f"**A list** of up to {limits.MOST_QUESTIONS} questions" in WORDS
    assert f"More than {MOST_BYTES:,} bytes" in WORDS
    assert f"{limits.ASKED_AT_ONCE} questions and one list are answered at once" in WORDS
    assert limits.LISTS_AT_ONCE == 1
    assert f"{limits.ASKED_WAITING} and {limits.LISTS_WAITING} may wait" in WORDS


@pytest.mark.model
def test_the_python_that_is_shown_runs(sample):
    shown = DOCS.partition("## In Python")[2]
    lines = [line.removeprefix("    ") for line in shown.splitlines() if line.startswith("    ")]
    names: dict[str, Any] = {}
    exec("\n".join(lines).replace("/srv/minutebook", str(sample.folder.parents[1])), names)
    assert names["given"].answered
    assert names["found"].hits == ()
    assert names["document"].id == names["given"].quotes[0].document_id
    assert names["confident"]
