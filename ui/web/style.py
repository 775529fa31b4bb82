"""The style sheet, which the question page and the document page share."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

STYLE = files("ui.web").joinpath("style.css").read_text(encoding="utf-8")

#: Names the style sheet in a Content-Security-Policy, which then lets no other style in.
STYLE_SOURCE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
