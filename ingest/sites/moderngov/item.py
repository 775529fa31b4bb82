"""The page of one agenda item, which has in full what the page of its meeting cuts off."""

from dataclasses import replace

from corpus.errors import UnreadableError
from ingest.html_content import drop_unseen
from ingest.sites.moderngov.page_parts import read_flow
from ingest.sites.moderngov.parts import in_order
from ingest.sites.moderngov.soups import shown
from ingest.sites.moderngov.wording import RECORDED_VOTE
from ingest.sites.records import Item


def read_whole(data: bytes, base: str, item: Item) -> Item:
    """Return `item` with the parts that its own page, `mgAi.aspx`, has in full.

    Raises UnreadableError when the page holds less than the one of the meeting.
    """
    what = f"item {item.key}"
    page = shown(data, what)
    drop_unseen(page.soup)
    flow = read_flow(page.content, base, item.key, {})
    labels = {part.label for part in flow.parts}
    # Whether an item's own page shows the recorded vote, too, differs.
    kept = tuple(part for part in item.parts if part.label == RECORDED_VOTE and part.label not in labels)
    missing = {part.label for part in item.parts} - labels - {RECORDED_VOTE}
    if missing or flow.cut or not flow.parts:
        raise UnreadableError(f"{what}: its own page does not have the whole text")
    return replace(item, parts=in_order(flow.parts + kept), cut=False)
