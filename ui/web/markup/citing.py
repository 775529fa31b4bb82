"""What is copied with its citation: words of the record, and where they stand, as plain text."""

from index.records import Hit, Quote
from ui.web.markup.words import capitalised, date_in_words, titled


def citation(part: Hit | Quote, link: str, *, draft: bool) -> str:
    """Return `part` in quotation marks, and below it who said it, when and where."""
    place = [part.council, part.committee, date_in_words(part.meeting_date), f"“{titled(part.title)}”"]
    if part.section:
        place.append(capitalised(part.section))
    if draft:
        place.append("draft minutes")
    return f"“{part.text.strip()}”\n— {', '.join(filter(None, place))}\n{link}".rstrip()
