"""How much a request may send: questions and forms are short, and memory is not endless."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.refusals import refusal

#: The largest form here has a tenth of this, and Gradio sends no more with a question.
MOST_BYTES = 1_000_000
_LINE = f"More was sent than {MOST_BYTES:,} bytes; nothing here needs so much."


class SmallBodiesOnly:
    """Refuses requests that send too much, whether or not they say so beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and end it where it grows too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        # The server has made sure that it is a number; one of very many digits is none for Python.
        if len(length) > len(str(MOST_BYTES)) or int(length or 0) > MOST_BYTES:
            await refusal(scope, 413, "Too much", _LINE)(scope, receive, send)
            return
        received = 0

        async def receive_little() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MOST_BYTES:
                raise HTTPException(413, _LINE)
            return message

        await self._app(scope, receive_little, send)
