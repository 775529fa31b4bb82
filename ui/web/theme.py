"""Gradio's own parts in the colours and fonts of style.css."""

import gradio as gr

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
