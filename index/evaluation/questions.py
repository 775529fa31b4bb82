"""Questions with known answers, as JSON Lines or CSV.

    {"id", "question", "answerable"?, "url"?, "spans"?: [[start, end], …], "alt_urls"?: […],
     "excerpt"?: [start, end], "kind"?, "answer"?, "asks"?}

`spans` are characters of the document at `url` (or with that id); the same words stand at `alt_urls`, too.
`excerpt` are the characters of that document which whoever wrote the question had read, and over which its
label holds; `kind` is what it asks for (who, when, why), `answer` a short answer in other words, and `asks`
what is missing where nothing answers. In a CSV, with these names in its first line, lists are written as in
JSON.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import UsageError
from index.query import parse_query

#: A passage of a document: `text[start:end]`.
Span = tuple[int, int]
_LISTS = ("spans", "alt_urls", "excerpt")


class Question(BaseModel):
    """A question, whether the minutes answer it, and where; None if that is not known."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: Annotated[str, Field(min_length=1)]
    question: str
    answerable: bool | None = None
    url: str = ""
    spans: tuple[Span, ...] = ()
    alt_urls: tuple[str, ...] = ()
    excerpt: Span | None = None
    kind: str = ""
    answer: str = ""
    asks: str = ""

    @model_validator(mode="after")
    def _check(self) -> "Question":
        try:
            parse_query(self.question)
        except UsageError as error:
            raise ValueError(str(error)) from error
        if any(not 0 <= start < end for start, end in self.spans):
            raise ValueError("a span is [start, end], with 0 ≤ start < end")
        if self.excerpt and not 0 <= self.excerpt[0] < self.excerpt[1]:
            raise ValueError("an excerpt is [start, end], with 0 ≤ start < end")
        if self.spans and not self.url:
            raise ValueError("spans need the url of their document")
        if self.excerpt and not self.url:
            raise ValueError("an excerpt needs the url of its document")
        if self.spans and self.answerable is False:
            raise ValueError("what is not answerable has no spans")
        return self

    @property
    def is_answerable(self) -> bool | None:
        """Tell whether the minutes answer it: that they do goes without saying where it has spans."""
        return True if self.spans else self.answerable


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a file, and a line for each row that is none."""

    questions: tuple[Question, ...]
    problems: tuple[str, ...]


def read_questions(path: Path) -> Questions:
    """Read a file of questions: CSV if its name says so, otherwise JSON Lines.

    Raises:
        UsageError: the file cannot be read, or holds no question at all.
    """
    text = _text(path)
    rows = _csv_rows(path, text) if path.suffix.casefold() == ".csv" else _json_rows(text)
    questions: dict[str, Question] = {}
    problems: list[str] = []
    for number, row in rows:
        try:
            question = _question(number, row)
            if question.id in questions:
                raise ValueError(f"the id {question.id!r} is there before")
            questions[question.id] = question
        except (ValueError, RecursionError) as error:
            problems.append(f"{path.name}, line {number}: {_reason(error)}")
    if not questions:
        first = f"; {problems[0]}" if problems else ""
        raise UsageError(f"{path} holds no questions{first}")
    return Questions(tuple(questions.values()), tuple(problems))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8") from error


def _json_rows(text: str) -> Iterator[tuple[int, str]]:
    # Only line ends end a line: str.splitlines would cut a question at a separator that JSON leaves as it is.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if "question" not in (reader.fieldnames or ()):
            raise UsageError(f"{path} has no column 'question' in its first line")
        for row in reader:
            yield reader.line_num, {k: v.strip() for k, v in row.items() if k and v and v.strip()}
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: this is no CSV ({error})") from error


def _question(number: int, row: str | dict[str, str]) -> Question:
    values: Any = json.loads(row) if isinstance(row, str) else dict(row)
    if not isinstance(values, dict):
        raise ValueError('not an object like {"id": …, "question": …}')
    if not isinstance(row, str):
        values |= {name: json.loads(values[name]) for name in _LISTS if name in values}
    given = {name: value for name, value in values.items() if value is not None}
    return Question.model_validate({"id": str(number)} | given)


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return (f"{where}: " if where else "") + first["msg"].removeprefix("Value error, ")
    return f"not JSON ({error})" if isinstance(error, json.JSONDecodeError) else str(error)
