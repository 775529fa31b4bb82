"""How the question page is laid out. What happens on it is in `handlers`, what it says in `markup`."""

from collections.abc import Sequence

import gradio as gr

from ui.web import markup
from ui.web.backend import Backend
from ui.web.handlers import answer_question

#: Answers made at once; more than this wait in line instead of slowing each other down.
AT_ONCE = 4
#: People who may wait in that line before the next one is asked to come back.
LONGEST_LINE = 64

#: Gradio sets a base address without the query, so a plain "#source-1" would leave the page and lose
#: the answer. The element outlives each answer in it, which a live region must.
_FOLLOW_CITATIONS = """
element.setAttribute("aria-live", "polite");
element.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  window.location.hash = link.hash;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
});
"""


def build_page(backend: Backend, examples: Sequence[str], *, root_path: str = "") -> gr.Blocks:
    """Return the question page; `root_path` is where a proxy serves it."""

    def ask(question: str) -> str:
        """Return the answer to a question as HTML, with its quotes and their sources."""
        return answer_question(backend, question, root=root_path)

    with gr.Blocks(title="Minutebook", analytics_enabled=False, fill_width=True) as page:
        gr.HTML(markup.header(), elem_id="header", apply_default_css=False, js_on_load=None)
        with gr.Row(elem_id="asking"):
            question = gr.Textbox(
                label="Your question",
                lines=1,
                max_lines=6,
                autofocus=True,
                scale=4,
                min_width=280,
                elem_id="question",
            )
            send = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="send")
        shown = _examples(examples, question) if examples else None
        answer = gr.HTML(elem_id="answer", apply_default_css=False, js_on_load=_FOLLOW_CITATIONS)
        asking = {
            "fn": ask,
            "inputs": question,
            "outputs": answer,
            "show_progress": "minimal",
            "concurrency_limit": AT_ONCE,
            "concurrency_id": "model",
        }
        gr.on([question.submit, send.click], api_name="ask", **asking)
        if shown is not None:
            shown.load_input_event.then(api_name="ask_example", api_visibility="private", **asking)
    page.queue(max_size=LONGEST_LINE, default_concurrency_limit=AT_ONCE)
    return page


def _examples(examples: Sequence[str], question: gr.Textbox) -> gr.Examples:
    return gr.Examples(
        [[example] for example in examples], inputs=question, label="For example", elem_id="examples"
    )
