"""What happens when someone asks, searches, browses or looks after the server. No Gradio here.

Each handler is a function from a backend and a state to a record of what is to be shown.
"""

from ui.web.handlers.asking import answer, ask, follow_up
from ui.web.handlers.browsing import browse
from ui.web.handlers.pages import (
    LONGEST_QUESTION,
    Health,
    Page,
    answer_question,
    check_health,
    open_document,
)
from ui.web.handlers.searching import search

__all__ = [
    "LONGEST_QUESTION",
    "Health",
    "Page",
    "answer",
    "answer_question",
    "ask",
    "browse",
    "check_health",
    "follow_up",
    "open_document",
    "search",
]
