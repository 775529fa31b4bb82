"""How Gradio lays out the question page. What happens on it is in `handlers`, what it says in `markup`.

The box to ask in stands above, in the first page: it is there before Gradio is. Whatever is asked becomes the
address of the page, and Gradio shows what stands at that address.
"""

from collections.abc import Iterator

import gradio as gr

from ui.web.backend import Backend
from ui.web.programs import offer
from ui.web.showing import state_of, steps
from ui.web.site import Site

#: Answers made at once; more than this wait in line instead of slowing each other down.
AT_ONCE = 4
#: People who may wait in that line before the next one is asked to come back.
LONGEST_LINE = 64
#: What stands in one line for the model.
MODEL = "model"

_TAKE_OVER = "window.minutebook.adopt(element, trigger);"
_ADDRESS = "() => window.minutebook.address()"
_SETTLE = "() => window.minutebook.settle()"
_FAIL = "() => window.minutebook.fail()"


def build_page(backend: Backend, site: Site) -> gr.Blocks:
    """Return what changes on the question page."""

    def show(address: str) -> Iterator[str]:
        """Yield what stands at an address, as it comes to be."""
        yield from steps(backend, state_of(address), site)

    with gr.Blocks(title="Minutebook", analytics_enabled=False, fill_width=True) as page:
        address = gr.Textbox(visible=False)
        shown = gr.HTML(elem_id="shown", apply_default_css=False, js_on_load=_TAKE_OVER)
        asked = shown.submit(
            show,
            inputs=address,
            outputs=shown,
            js=_ADDRESS,
            show_progress="hidden",
            trigger_mode="always_last",
            concurrency_limit=AT_ONCE,
            concurrency_id=MODEL,
            api_visibility="private",
        )
        asked.success(None, js=_SETTLE)
        asked.failure(None, js=_FAIL)
        offer(backend, concurrency_limit=AT_ONCE, concurrency_id=MODEL)
    page.queue(max_size=LONGEST_LINE, default_concurrency_limit=AT_ONCE)
    return page
