"""The table of recorded votes, with the head that the software closes wrongly."""

from collections.abc import Iterable

from tests.sites.markup import entities
from tests.sites.publishing import Vote


def votes_table(votes: Iterable[Vote], welsh: bool = False) -> str:
    """Return the table of the recorded votes of an item."""
    caption = "Pleidlais a Gofnodwyd" if welsh else "Recorded Vote"
    return (
        '<table  class="mgTableNoBorderFullWidth"  summary="Recorded votes">\n'
        f'<caption  class="mgSectionTitle" >{caption}</caption>\n'
        "<tr><th>Title</th>\n<th>Type</th><th>Recorded Vote text</th><th>Result</th></th>\n"
        f"{''.join(_row(vote) for vote in votes)}</table>\n"
    )


def _row(vote: Vote) -> str:
    picture = "Positive" if vote.result == "Carried" else "Negative"
    return (
        f"<tr><td>{entities(vote.title)}</td>\n<td>{entities(vote.kind)}</td><td>{entities(vote.text)}</td>"
        f'<td><img  src="mgImages/motions/Motion{picture}.png" alt="" />{entities(vote.result)}</td></tr>\n'
    )
