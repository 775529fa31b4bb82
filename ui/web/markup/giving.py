"""What a reader takes away, and what a reader gives back."""

from ui.feedback.records import LONGEST_NOTE, Verdict, shown_of
from ui.feedback.wire import write_shown
from ui.web.handlers.records import Answered
from ui.web.markup.escape import attribute
from ui.web.state import State, write_address

VERDICTS = {
    Verdict.RIGHT: "right",
    Verdict.WRONG: "wrong",
    Verdict.WRONG_SOURCE: "from the wrong minutes",
    Verdict.MISSING: "not all there is",
}
THANKS = "Thank you. It is kept here, with the question and what was shown."
TROUBLE = "It could not be sent. Please try again later."
FORMS = {"txt": "Text", "md": "Markdown", "docx": "Word"}


def take_away(state: State, *, root: str) -> str:
    """Return the ways to have an answer with its citations as a file, and on paper."""
    query = write_address(state)
    ways = "".join(
        f'<li><a href="{attribute(f"{root}/answer.{ending}{query}")}" download>{words}</a></li>'
        for ending, words in FORMS.items()
    )
    return (
        '<div class="mb-away"><h2>Take away</h2><ul class="mb-links">'
        f'{ways}<li class="mb-scripted"><button type="button" class="mb-plain" data-print>Print</button></li>'
        "</ul></div>"
    )


def take_list(state: State, *, root: str) -> str:
    """Return the way to have a list of results as a table."""
    target = attribute(f"{root}/results.csv{write_address(state)}")
    return f'<p class="mb-away"><a href="{target}" download>All results as a table (CSV)</a></p>'


def feedback(record: Answered, *, root: str) -> str:
    """Return the form to say whether an answer is right."""
    choices = "".join(
        f'<label><input type="radio" name="verdict" value="{attribute(verdict)}" required>{words}</label>'
        for verdict, words in VERDICTS.items()
    )
    fields = {
        "address": write_address(record.state),
        "shown": write_shown(shown_of(record.answer)),
    }
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{attribute(value)}">' for name, value in fields.items()
    )
    return (
        '<details class="mb-feedback"><summary>Was this right?</summary>'
        f'<form method="post" action="{attribute(root)}/feedback" data-feedback '
        f'data-thanks="{THANKS}" data-trouble="{TROUBLE}">{hidden}<fieldset>'
        f'<legend>The answer is</legend><div class="mb-verdicts">{choices}</div>'
        '<label for="mb-note">What should it be? (as you like)</label>'
        f'<textarea id="mb-note" name="note" rows="3" maxlength="{LONGEST_NOTE}"></textarea>'
        "<p><button>Send</button></p></fieldset>"
        '<p role="status" data-told hidden></p></form></details>'
    )
