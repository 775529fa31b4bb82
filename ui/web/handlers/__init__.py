"""What happens when someone asks, searches, browses or looks after the server. No Gradio here.

Each handler is a function from a backend and a state to a record of what is to be shown.
"""

from ui.web.handlers.asking import answer, ask, follow_up
from ui.web.handlers.browsing import browse
from ui.web.handlers.health import Health, check_health
from ui.web.handlers.searching import search

__all__ = [
    "Health",
    "answer",
    "ask",
    "browse",
    "check_health",
    "follow_up",
    "search",
]
