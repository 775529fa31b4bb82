"""How much a program may ask at once; `docs/api.md` names these numbers."""

from index.query import MAX_CHARACTERS

#: Characters of a question, and of a name in a filter.
LONGEST_QUESTION = MAX_CHARACTERS
LONGEST_NAME = 1_000
#: Questions in a list, and passages for each of them.
MOST_QUESTIONS = 100
MOST_HITS = 100

#: Requests with one question that are answered at once, and that may wait: the page has its own line, and
#: whoever would wait longer than a few seconds is asked to come back.
ASKED_AT_ONCE, ASKED_WAITING = 2, 200
#: Lists that are answered at once, on one core, so that others need not wait until a list is done.
LISTS_AT_ONCE, LISTS_WAITING = 1, 16
#: Documents, and the state of everything.
READ_AT_ONCE, READ_WAITING = 2, 200
#: Seconds after which to come back.
COME_BACK = 5
