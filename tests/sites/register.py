"""The register of decisions of the fictional council: officers, cabinet members, and one of a meeting."""

from collections.abc import Iterable
from datetime import date, timedelta

from tests.sites.publishing import Meeting, Paper, Ruling

_EXEMPT = "EXEMPTMARKER"
_OFFICER = "Head of Place"
#: Title, maker, what was decided, why, what else was thought of, issue.
_RULINGS = (
    (
        "Resurfacing of Chapel Brow",
        _OFFICER,
        "To resurface Chapel Brow at a cost of £48,210.",
        "Potholes.",
        "Patching.",
        0,
    ),
    (
        "Waiting restrictions at Millgate Square",
        _OFFICER,
        "To make the order as advertised.",
        "Two near misses.",
        "",
        72,
    ),
    (
        "Grant to the Harbour Players",
        "Cabinet Member for Culture",
        "To grant £3,150.",
        "They bring visitors.",
        "No grant.",
        0,
    ),
    (
        "Street lamps on Tarn Road",
        _OFFICER,
        "To fit 41 lamps with dimmers.",
        "To save energy.",
        "Removal.",
        0,
    ),
    (
        "Glass banks at Eldwick Rise",
        "Cabinet Member for Environment",
        "To keep the glass banks.",
        "Use is high.",
        "",
        73,
    ),
    (
        "Scaffolding of the Town Hall",
        _OFFICER,
        "To extend the hire by four months.",
        "The roof is open.",
        "A tent.",
        76,
    ),
    (
        "Rent of unit 4, Weavers' Row",
        "Director of Finance",
        "To let the unit at £9,400 a year.",
        "It stood empty.",
        "Sale.",
        0,
    ),
    (
        "Second pump at Saltings Drove",
        "Leader of the Council",
        "To pay half of £88,000.",
        "Floods.",
        "To wait.",
        75,
    ),
    (
        "Fees for pavement licences",
        "Director of Finance",
        "To set the fee at £135.",
        "Cost recovery.",
        "A fee of £90.",
        0,
    ),
    (
        "Repairs to the Old Granary",
        _OFFICER,
        "To carry out urgent repairs.",
        "Slates are falling.",
        "A notice.",
        74,
    ),
    (
        "Leader's reply to the pay consultation",
        "Leader of the Council",
        "To support option 2.",
        "It is fair.",
        "",
        0,
    ),
    (
        "Budget virement, quarter 3",
        "Director of Finance",
        "To move £61,000 to housing needs.",
        "Demand.",
        "None.",
        71,
    ),
)


def rulings(meetings: Iterable[Meeting]) -> tuple[Ruling, ...]:
    """Return the register; the last entry is a decision that a meeting of `meetings` took."""
    first = date(2025, 4, 2)
    entries = [
        Ruling(
            id=701 + i,
            title=title,
            maker=maker,
            published=first + timedelta(32 * i),
            made=first + timedelta(32 * i - 3),
            decision=decision,
            purpose=f"To decide on: {title}.",
            reasons=reasons,
            alternatives=alternatives,
            papers=_papers(i, title),
            issue=issue,
            key=i % 5 == 0,
            officer=maker == _OFFICER or maker == "Director of Finance",
        )
        for i, (title, maker, decision, reasons, alternatives, issue) in enumerate(_RULINGS[:11])
    ]
    closed = Ruling(
        713,
        "Settlement with a former tenant",
        _OFFICER,
        date(2026, 1, 20),
        date(2026, 1, 19),
        f"To pay £12,000. {_EXEMPT}",
        officer=True,
        restricted=True,
    )
    meeting, item = next(
        (m, i) for m in meetings for i in m.items if i.decision and m.day == date(2025, 11, 12)
    )
    taken = Ruling(
        712,
        item.title,
        meeting.committee.title,
        meeting.day + timedelta(2),
        meeting.day,
        item.decision,
        reasons="As set out in the minutes.",
        issue=item.issue,
        item=item.id,
        key=True,
    )
    return tuple(sorted([*entries, closed, taken], key=lambda ruling: ruling.published))


def _papers(i: int, title: str) -> tuple[Paper, ...]:
    if i % 3:
        return ()
    name = f"Decision notice - {title}".replace("'", "")
    body = (
        f"# {name}",
        *(f"{n}. Condition {n} of the notice applies until it is lifted." for n in range(1, 50)),
    )
    return (Paper(7010 + i, name, f"{name}.pdf", body),)
