"""How much of every committee of a site is read: which days were listed, and which meetings have minutes."""

from dataclasses import dataclass

from corpus.store import Corpus


@dataclass(frozen=True, slots=True)
class Coverage:
    """One committee of one site: its meetings from day `first` to day `last` (ISO) have been listed.

    `unread` of them have been listed and not looked at yet, `minuted` have minutes in the record. A month
    without meetings within these days had none; outside of them nobody has looked.
    """

    source: str
    committee: str
    first: str
    last: str
    meetings: int
    unread: int
    minuted: int


def coverage_of(corpus: Corpus) -> tuple[Coverage, ...]:
    """Return the coverage of all committees that had meetings, by source and title."""
    rows = corpus.connection.execute(
        """
        SELECT c.source, c.title, c.listed_from, c.listed_to, count(m.id) AS meetings,
            count(m.id) - count(w.last_look) AS unread,
            count(CASE WHEN EXISTS (
                SELECT 1 FROM documents d JOIN versions v ON v.document_id = d.id AND v.number = d.version
                WHERE d.meeting = m.id AND NOT d.withdrawn AND v.kind = 'minutes'
            ) THEN 1 END) AS minuted
        FROM committees c
        JOIN meetings m ON m.source = c.source AND m.committee = c.title
            AND m.date BETWEEN c.listed_from AND c.listed_to
        LEFT JOIN watches w ON w.id = m.id
        WHERE c.listed_from IS NOT NULL
        GROUP BY c.source, c.key ORDER BY c.source, c.title
        """
    )
    return tuple(
        Coverage(
            row["source"],
            row["title"],
            row["listed_from"],
            row["listed_to"],
            row["meetings"],
            row["unread"],
            row["minuted"],
        )
        for row in rows
    )
