"""What Gradio itself draws, in the page's own colours: the ground, and messages when a connection is lost."""

import gradio as gr

#: The grounds of the page, as in looks/colours.css.
PAPER, PAPER_DARK = "#fbfaf7", "#171a1a"

#: Gradio's names for the colours of looks/colours.css.
_COLOURS = {
    "body_text_color": "var(--mb-ink)",
    "body_text_color_subdued": "var(--mb-quiet)",
    "background_fill_primary": "var(--mb-raised)",
    "block_background_fill": "transparent",
    "border_color_primary": "var(--mb-edge)",
    "color_accent": "var(--mb-accent)",
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
    # Gradio resolves its variables once for light and once for dark, so each is set for both if it has two.
    dark = {f"{name}_dark": value for name, value in _COLOURS.items() if hasattr(theme, f"{name}_dark")}
    return theme.set(**_COLOURS, **dark, block_border_width="0px", block_padding="0px")
