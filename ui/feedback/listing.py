"""Feedback for people who read a terminal, and for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ui.feedback.export import Exported, with_operators
from ui.feedback.records import Feedback
from ui.terminal import printable


def feedback_text(feedback: Sequence[Feedback]) -> str:
    """Return two lines or three for each."""
    if not feedback:
        return "Nobody has said anything yet."
    return "\n".join(line for one in feedback for line in _lines(one))


def as_dict(one: Feedback) -> dict[str, Any]:
    """Return everything, ready for JSON."""
    return asdict(one)


def exported_text(exported: Exported) -> str:
    """Return how many questions there are, and what is left out."""
    count = len(exported.questions)
    said = f"{count:,} question{'' if count == 1 else 's'}"
    if not exported.left_out:
        return said
    numbers = ", ".join(map(str, exported.left_out))
    return f"{said}; left out, since what was shown is not in the record any more: {numbers}"


def _lines(one: Feedback) -> list[str]:
    day = one.given_at[:16].replace("T", " ")
    quotes = len(one.shown.quotes)
    shown = f"{quotes} quote{'' if quotes == 1 else 's'}" if one.shown.answered else "the minutes do not say"
    lines = [
        f"{one.number}  {day}  {one.verdict}  (generation {one.shown.generation}, {shown})",
        f"   {with_operators(one.question, one.filters)}",
    ]
    if one.note:
        lines.append(f"   “{one.note}”")
    return [printable(line).replace("\n", " ") for line in lines]
