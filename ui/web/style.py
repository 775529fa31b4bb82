"""The style sheet that all pages share, and the script of the question page."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

_LOOKS = files("ui.web").joinpath("looks")
#: In this order: what comes later may refine what came before.
_SHEETS = ("colours", "words", "frame", "answer", "shelves", "gradio", "print")

STYLE = "\n".join(_LOOKS.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
SCRIPT = _LOOKS.joinpath("page.js").read_text(encoding="utf-8")

#: What stands for the page in a tab; Gradio sends it.
ICON = Path(str(_LOOKS.joinpath("icon.svg")))


def _source(words: str) -> str:
    """Return how a Content-Security-Policy names what may stand in a page, and then nothing else may."""
    return f"'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'"


STYLE_SOURCE = _source(STYLE)
SCRIPT_SOURCE = _source(SCRIPT)
