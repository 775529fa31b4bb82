"""What was searched, how fresh it is, and what could not be looked at: not to find is not not to look."""

from corpus.records import SourceState
from index.records import Filters
from ui.web.backend import SourceSummary
from ui.web.handlers.records import Searched
from ui.web.markup.escape import text
from ui.web.markup.links import within
from ui.web.markup.words import counted, day_or_none, kind_in_words, span_in_words
from ui.web.state import State, View


def searched(record: Searched, *, root: str, opened: bool = False) -> str:
    """Return what was searched, folded away unless `opened`; what could not be looked at is always open."""
    within_filters = filters_in_words(record.filters)
    extent = record.extent
    days = span_in_words(extent.first, extent.last)
    amount = counted(extent.documents, "document") + (f", meetings of {days}" if days else "")
    lines = "".join(f"<li>{_source_line(source)}</li>" for source in record.sources)
    more = within(root, State(view=View.BROWSE), "See everything that is there")
    return (
        f"{unseen(record.warnings)}"
        f'<details class="mb-searched"{" open" if opened else ""}><summary>What was searched</summary>'
        f"<p>{text(amount)}{text(f' ({within_filters})') if within_filters else ''}.</p>"
        + (f"<ul>{lines}</ul>" if lines else "")
        + f'<p>{more}. <span class="mb-about">Index {text(record.generation)}.</span></p></details>'
    )


def unseen(warnings: tuple[str, ...]) -> str:
    """Return which sources could not be looked at, where there are any."""
    if not warnings:
        return ""
    lines = "".join(f"<li>{text(warning)}</li>" for warning in warnings)
    return (
        '<div class="mb-notice mb-unread"><p><strong>Not all sources could be looked at.</strong> '
        f"What is missing here may stand there.</p><ul>{lines}</ul></div>"
    )


def filters_in_words(filters: Filters) -> str:
    """Return what a search was limited to, "" where it was to nothing."""
    days = [
        f"{word} {day_or_none(day)}"
        for word, day in (("from", filters.date_from), ("to", filters.date_to))
        if day
    ]
    kind = kind_in_words(filters.kind).lower() if filters.kind else ""
    parts = [filters.council, filters.committee, " ".join(days), kind and f"only {kind}"]
    return ", ".join(part for part in parts if part)


def _source_line(source: SourceSummary) -> str:
    return (
        f"<strong>{text(source.name)}</strong>: {text(counted(source.documents, 'document'))}, "
        f"{text(freshness(source))}"
    )


def freshness(source: SourceSummary) -> str:
    """Return when a source was last read, and what is wrong with it if anything is."""
    read = day_or_none(source.last_good)
    said = f"last read in full on {read}" if read else "never read in full"
    if source.state is SourceState.OK:
        return said
    return f"{said}; now {source.state}" + (f" ({source.reason})" if source.reason else "")
