"""What a browser may do with a page of this server: Content-Security-Policy."""

from ui.web.style import SCRIPT_SOURCE, STYLE_SOURCE

#: A document needs its style and nothing else: even a script that got through would not run.
DOCUMENT_POLICY = (
    f"default-src 'none'; style-src {STYLE_SOURCE}; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: The same for a page with a form, which may be sent to this server only.
FORM_POLICY = DOCUMENT_POLICY.replace("form-action 'none'", "form-action 'self'")
#: The shelves have a box to ask in, and one script, which is known word for word.
SHELF_POLICY = f"{FORM_POLICY}; script-src {SCRIPT_SOURCE}"
#: What Gradio serves besides its page: assets, answers to its script.
PAGE_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def question_policy(nonce: str) -> str:
    """Return what the question page may do: its scripts carry `nonce`, or come from this server.

    Gradio compiles its templates in the browser, which takes "unsafe-eval", and sets styles on elements.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
