"""What forms send, read with a limit: anybody can send anything."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from corpus.errors import UsageError

_TYPE = "application/x-www-form-urlencoded"
#: More fields than any form here has.
_MOST_FIELDS = 20


class TooLargeError(UsageError):
    """More was sent than any form here sends."""


async def read_form(request: Request, most_bytes: int) -> dict[str, str]:
    """Return the fields of a form; of one that comes twice, the last counts.

    Raises:
        TooLargeError: it has more than `most_bytes`.
        UsageError: it is no form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise UsageError(f"this is no form; send it as {_TYPE}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise TooLargeError(f"the form is larger than {most_bytes:,} bytes; shorten what stands in it")
    try:
        fields = parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UsageError(f"the form has more than {_MOST_FIELDS} fields; send fewer") from error
    return dict(fields)
