"""Where readers say whether an answer is right: POST /feedback.

The fields of the form: `verdict`; `note`, if any; `address`, the query of the page's address, which has the
question and its filters; `shown`, what was shown (see `ui.feedback.wire`). A script gets JSON back, a form a
page.
"""

import logging
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response

from corpus.errors import MinutebookError, UsageError
from ui import clock
from ui.feedback.records import LONGEST_NOTE, LONGEST_QUESTION, Feedback, Verdict
from ui.feedback.store import FeedbackStore
from ui.feedback.wire import read_shown
from ui.web.access.askers import asker
from ui.web.access.buckets import Buckets
from ui.web.access.rate_limit import too_often
from ui.web.access.refusals import refusal, wants_page
from ui.web.forms import TooLargeError, read_form
from ui.web.markup.frame import plain_page
from ui.web.policies import DOCUMENT_POLICY
from ui.web.state import read_address

_log = logging.getLogger(__name__)

#: What people say by hand from one address: so many times at once, then once in so many seconds.
AT_ONCE, SECONDS = 30, 10
#: A note, an address and a hundred places with long ids.
MOST_BYTES = 100_000
_KEPT = "Thank you. It is kept here, with the question and what was shown."


def add_feedback(app: FastAPI, path: Path) -> None:
    """Put the address into `app`; what is said there is kept in the file at `path`."""
    store, buckets = FeedbackStore(path), Buckets(1 / SECONDS, AT_ONCE)

    @app.post("/feedback")
    async def give_feedback(request: Request) -> Response:
        if seconds := buckets.take(asker(request.scope)):
            return too_often(request.scope, seconds, "Feedback came from your address too often")
        try:
            said = feedback_of(await read_form(request, MOST_BYTES))
            await run_in_threadpool(store.add, said)
        except MinutebookError as error:
            return refusal(request.scope, _status(error), "This could not be kept", f"{_told(error)}.")
        if wants_page(request.scope):
            page = plain_page("Thank you", _KEPT, root=request.scope.get("root_path", ""))
            return HTMLResponse(page, headers={"Content-Security-Policy": DOCUMENT_POLICY})
        return JSONResponse({"kept": True})


def feedback_of(form: dict[str, str]) -> Feedback:
    """Return what the fields of a form say.

    Raises:
        UsageError: one is missing, or says nothing that can be kept.
    """
    try:
        verdict = Verdict(form.get("verdict", ""))
    except ValueError as error:
        known = ", ".join(Verdict)
        raise UsageError(f"choose one of: {known}") from error
    note = form.get("note", "").strip()
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"the note has {len(note):,} characters; shorten it to {LONGEST_NOTE:,}")
    state = read_address(form.get("address", ""))
    if not state.text.strip() or len(state.text) > LONGEST_QUESTION:
        raise UsageError("there is no question that this is about; ask it first")
    shown = read_shown(form.get("shown", ""))
    given_at = clock.now().isoformat(timespec="seconds")
    return Feedback(verdict, state.text, state.filters, shown, given_at, note)


def _told(error: MinutebookError) -> str:
    """Return what the reader is told: where the file lies concerns only those who run the server."""
    if _status(error) != 503:
        return str(error)
    _log.error("feedback is lost: %s", error)
    return "nothing can be kept at the moment; the reason is in the log of the server"


def _status(error: MinutebookError) -> int:
    if isinstance(error, TooLargeError):
        return 413
    return 400 if isinstance(error, UsageError) else 503
