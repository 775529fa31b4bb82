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

#: The grounds of the page, as in style.css.
PAPER, PAPER_DARK = "#fbfaf7", "#171a1a"

#: Gradio's names for the colours of style.css.
_COLOURS = {
    "body_text_color": "var(--mb-ink)",
    "body_text_color_subdued": "var(--mb-quiet)",
    "block_background_fill": "transparent",
    "block_title_text_color": "var(--mb-ink)",
    "block_label_text_color": "var(--mb-quiet)",
    "input_background_fill": "var(--mb-field)",
    "input_border_color": "var(--mb-edge)",
    "input_border_color_focus": "var(--mb-accent)",
    "button_primary_background_fill": "var(--mb-accent)",
    "button_primary_border_color": "var(--mb-accent)",
    "button_primary_border_color_hover": "var(--mb-accent-strong)",
    "button_primary_background_fill_hover": "var(--mb-accent-strong)",
    "button_primary_text_color": "var(--mb-paper)",
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_hover": "var(--mb-field)",
    "button_secondary_border_color": "var(--mb-edge)",
    "button_secondary_text_color": "var(--mb-ink)",
    "border_color_primary": "var(--mb-edge)",
}

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


def page_theme() -> gr.themes.Base:
    """Return a theme of system fonts only: a font from elsewhere would tell others who reads what."""
    sans = [
        gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Helvetica Neue", "Arial", "sans-serif")
    ]
    mono = [gr.themes.Font(name) for name in ("ui-monospace", "monospace")]
    theme = gr.themes.Base(font=sans, font_mono=mono)
    # Gradio paints the ground before the style sheet is there, so these two are no variables.
    theme.set(body_background_fill=PAPER, body_background_fill_dark=PAPER_DARK)
    # Gradio resolves its variables once for light and once for dark, so each is set for both.
    theme.set(**_COLOURS, **{f"{name}_dark": value for name, value in _COLOURS.items()})
    return theme.set(
        block_border_width="0px",
        block_padding="0px",
        block_label_text_size="1rem",
        input_border_width="1px",
        input_text_size="1.0625rem",
        color_accent="var(--mb-accent)",
    )
