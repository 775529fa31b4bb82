"""What a browser may do with a page of this server: Content-Security-Policy."""

from ui.web.style import STYLE_SOURCE

#: A document needs its style and nothing else: even a script that got through would not run.
DOCUMENT_POLICY = (
    f"default-src 'none'; style-src {STYLE_SOURCE}; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: The same for a page with a form, which may be sent to this server only.
FORM_POLICY = DOCUMENT_POLICY.replace("form-action 'none'", "form-action 'self'")
#: Gradio compiles its templates in the browser; it needs inline script, but nobody else's server.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
