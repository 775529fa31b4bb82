"""What the tools return, filled out of what the library gives.

An address that is none of a web page is "": that of a file means nothing to anybody else, and a reader must
not be led to worse.
"""

from collections.abc import Set as AbstractSet

from corpus.records import Document, Status
from index.answering.silence import with_unread
from index.links import link_to
from index.records import Answer, Hit, Quote, Result
from ui.assistants import formats
from ui.web.markup.escape import web_address


def passage(result: Result) -> formats.Passage:
    """Return a hit with what is known of its document."""
    return formats.Passage(
        **result.hit.as_dict() | _addresses(result.hit, result.link), draft=result.header.draft
    )


def quoted(quote: Quote, *, draft: bool) -> formats.Quoted:
    """Return a quote."""
    return formats.Quoted(
        **quote.as_dict() | _addresses(quote, quote.link), draft=draft, points_to=quote.points_to
    )


def answered(
    answer: Answer, drafts: AbstractSet[str], results: tuple[Result, ...], warnings: tuple[str, ...]
) -> formats.Answered:
    """Return an answer; `drafts` are the ids of the documents quoted that are drafts."""
    answer = with_unread(answer, warnings)
    silence = answer.silence
    return formats.Answered(
        question=answer.question,
        answered=answer.answered,
        state=answer.state.value,
        reason=answer.reason.value if answer.reason else None,
        silence=formats.Silence.model_validate(silence.as_dict()) if silence else None,
        answer=answer.answer,
        quotes=tuple(quoted(quote, draft=quote.document_id in drafts) for quote in answer.quotes),
        hits=tuple(map(passage, results)),
        warnings=warnings,
        generation=answer.generation,
        model=answer.model,
        seconds=answer.seconds,
    )


def part_of(document: Document, start: int, end: int, *, chosen: bool) -> formats.DocumentPart:
    """Return `document.text[start:end]` with where it stands; `chosen` tells that this part was asked for."""
    return formats.DocumentPart(
        document_id=document.id,
        title=document.title,
        kind=document.kind,
        url=web_address(document.url),
        link=web_address(link_to(document, start, end) if chosen else document.url),
        council=document.council,
        committee=document.committee,
        meeting_date=document.meeting_date,
        item_number=document.item_number,
        draft=document.status is Status.DRAFT,
        sections=tuple(
            formats.Labelled(label=one.label, start=one.start, end=one.end)
            for one in document.sections
            if one.start < end and start < one.end
        ),
        length=len(document.text),
        start=start,
        end=end,
        text=document.text[start:end],
        next_start=end if end < len(document.text) else None,
    )


def _addresses(part: Hit | Quote, link: str) -> dict[str, str]:
    return {"url": web_address(part.url), "link": web_address(link)}
