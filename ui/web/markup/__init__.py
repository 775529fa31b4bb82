"""The only place where HTML is made.

`escape` makes words harmless, `words` names things to a reader, `frame` stands round every page; each other
file makes one part of a page out of the records of `ui.web.handlers`.
"""

from ui.web.markup.escape import attribute, text, web_address
from ui.web.markup.frame import Frame, page, plain_page
from ui.web.markup.notices import notice, problem
from ui.web.markup.words import date_in_words

__all__ = [
    "Frame",
    "attribute",
    "date_in_words",
    "notice",
    "page",
    "plain_page",
    "problem",
    "text",
    "web_address",
]
