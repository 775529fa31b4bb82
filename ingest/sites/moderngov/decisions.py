"""The register of decisions, and the page of one decision."""

from datetime import date, timedelta

from bs4.element import Tag

from corpus.errors import UnreadableError
from ingest.html_content import classes, drop_unseen, flat
from ingest.sites.moderngov.addresses import decision_url, number_of, page_of
from ingest.sites.moderngov.page_parts import read_flow
from ingest.sites.moderngov.papers import shown_sizes, unique_papers
from ingest.sites.moderngov.soups import shown
from ingest.sites.moderngov.withholding import is_marked, is_restricted
from ingest.sites.moderngov.wording import clean, day
from ingest.sites.records import Decision, ListedDecision

#: Long ranges take minutes to answer, and the register has no pages.
RANGE_DAYS = 366
_DETAILS = "iedecisiondetails.aspx"
_LINES = ["p", "li", "td", "div"]
_MAKER = ("decision maker", "penderfynwr", "gwneuthurwr penderfyniad", "gwneuthurwr y penderfyniad")
_MADE = ("date of decision", "dyddiad y penderfyniad", "dyddiad penderfyniad")
_AT_MEETING = ("decided at meeting", "penderfynwyd yn y cyfarfod")


def register_urls(base: str, since: str, until: str) -> tuple[str, ...]:
    """Return the pages that list the decisions published from `since` to `until`, a year each at most."""
    start, end = date.fromisoformat(since), date.fromisoformat(until)
    urls = []
    while start <= end:
        last = min(end, start + timedelta(RANGE_DAYS - 1))
        days = "-".join(f"{d:%d}%2f{d:%m}%2f{d:%Y}" for d in (start, last))
        urls.append(
            f"{base}mgDelegatedDecisions.aspx?XXR=0&DR={days}&ACT=Find&RP=0&K=0&V=0&DM=0&HD=0&DS=2"
            "&Next=true&META=mgdelegateddecisions"
        )
        start = last + timedelta(1)
    return tuple(urls)


def read_register(data: bytes, base: str) -> tuple[ListedDecision, ...]:
    """Return the decisions that a page of the register lists."""
    page = shown(data, "register of decisions")
    drop_unseen(page.soup)
    found: dict[str, ListedDecision] = {}
    for link in page.content.find_all("a", href=True):
        href = str(link["href"])
        key, title = number_of(href, "id"), clean(flat(link))
        if page_of(href) == _DETAILS and key and key != "0" and title and not is_marked(title):
            found.setdefault(key, ListedDecision(key, title, decision_url(base, key)))
    return tuple(found.values())


def read_decision(data: bytes, base: str, listed: ListedDecision) -> Decision:
    """Return the decision on a page `ieDecisionDetails.aspx`.

    Raises UnreadableError for a page that is none of a decision.
    """
    what = f"decision {listed.key}"
    page = shown(data, what)
    sizes = shown_sizes(page.part)
    drop_unseen(page.soup)
    named = page.part.find(lambda tag: "mgSubTitleTxt" in classes(tag))
    facts = _facts(page.content)
    title = clean(flat(named)) if named is not None else listed.title
    flow = read_flow(page.content, base, "", sizes)
    if named is None or not (facts or flow.parts):
        raise UnreadableError(f"{what}: no page of a decision")
    if is_marked(title) or is_restricted(page.content):
        return Decision(listed.key, "", listed.url, withheld=True)
    return Decision(
        key=listed.key,
        title=title,
        url=listed.url,
        maker=_fact(facts, _MAKER),
        date=day(_fact(facts, _MADE)) or day(_fact(facts, _AT_MEETING)),
        parts=flow.parts,
        papers=tuple(unique_papers(flow.papers)),
        issue=_issue(page.part),
    )


def _facts(content: Tag) -> dict[str, str]:
    """Return what stands after each label in its line."""
    facts: dict[str, str] = {}
    for label in content.find_all(class_="mgLabel"):
        line = label if label.name in _LINES else label.find_parent(_LINES)
        name = clean(flat(label))
        if line is not None and name:
            said = clean(flat(line)).partition(name)[2].strip()
            facts.setdefault(name.rstrip(": ").casefold(), said)
    return facts


def _fact(facts: dict[str, str], names: tuple[str, ...]) -> str:
    return next((facts[name] for name in names if name in facts), "")


def _issue(part: Tag) -> str:
    for link in part.find_all("a", href=True):
        href = str(link["href"])
        if page_of(href) == "mgissuehistoryhome.aspx" and link.find_parent(class_="mgWordPara") is None:
            return number_of(href, "iid")
    return ""
