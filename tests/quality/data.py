"""The minutes and the questions of the gate, and the digest by which a change of either is noticed."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MINUTES = HERE / "minutes.jsonl"
QUESTIONS = HERE / "questions.jsonl"
FLOORS = HERE / "floors.json"


def rows(path: Path) -> list[dict[str, Any]]:
    """Return what the lines of a JSON Lines file hold."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def digest() -> str:
    """Return the SHA-256 over both files; it does not depend on where one ends and the other begins."""
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in (MINUTES, QUESTIONS))).hexdigest()
