"""What begins everything that is shown for a question or a query."""

from ui.web.markup.escape import attribute, text
from ui.web.markup.searched import filters_in_words
from ui.web.state import State, write_address


def beginning(state: State) -> str:
    """Return the tag of what is shown in `state`, from which the script reads what else to change.

    On paper the question follows it: the box that holds it is not printed.
    """
    limits = filters_in_words(state.filters)
    data = {"title": state.text, "address": write_address(state), "limits": limits}
    attributes = "".join(f' data-{name}="{attribute(value)}"' for name, value in data.items())
    printed = text(state.text + (f" ({limits})" if limits else ""))
    return f'<div class="mb-shown"{attributes}><p class="mb-on-paper">{printed}</p>'
