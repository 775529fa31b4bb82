"""Items made from the topics: gaps filled with names, places and figures, and papers to go with them."""

from random import Random

from tests.sites.publishing import Item, Paper
from tests.sites.topics import DISCUSSION, OFFICERS, PEOPLE, PLACES, Topic

_MONTHS = ("January", "March", "May", "June", "July", "September", "October", "November")


def opening(title: str, texts: tuple[str, ...], random: Random) -> Item:
    """Return one of the items that every agenda opens with."""
    # Much of this is boilerplate, the same at many meetings, as everywhere.
    return Item(0, "", 1, title, minutes=filled(random.choice(texts), gaps_of(random)), empty_label=True)


def item_on(topic: Topic, random: Random, meeting: int, place: int) -> Item:
    """Return an item on `topic`, its gaps filled in."""
    gaps = gaps_of(random)
    discussion = random.sample(DISCUSSION, 3)
    gaps |= {f"d{i}": filled(text, gaps | _people(random)) for i, text in enumerate(discussion, start=1)}
    minutes = filled(topic.minutes, gaps)
    papers = _papers(straight(filled(topic.report, gaps)), minutes, meeting, place) if topic.report else ()
    return Item(
        id=0,
        number="",
        sort=1,
        title=straight(filled(topic.title, gaps)),
        agenda=filled(topic.agenda, gaps),
        decision=filled(topic.decision, gaps),
        minutes=minutes,
        draft=minutes.replace("RESOLVED", "RESOLVED (subject to approval)", 1) if meeting % 3 == 0 else "",
        papers=papers,
        issue=topic.issue,
    )


def filled(text: str, gaps: dict[str, str]) -> str:
    """Fill the gaps of a text."""
    return text.format_map(gaps)


def straight(title: str) -> str:
    """Titles are typed into a form, without Word's curly apostrophes."""
    return title.replace("’", "'")


def gaps_of(random: Random) -> dict[str, str]:
    """Return something for each gap of the topics."""
    place, place2 = random.sample(PLACES, 2)
    officer = random.choice(OFFICERS)
    gaps = {
        "place": place,
        "place2": place2,
        "officer": officer,
        "Officer": officer[0].upper() + officer[1:],
        "ward": random.choice(PEOPLE)[2],
        "month": random.choice(_MONTHS),
        "percent": f"{random.randint(11, 94)}.{random.randint(1, 9)}",
        "number": str(random.randint(21, 480)),
        "number2": str(random.randint(12, 89)),
        "small": str(random.randint(6, 9)),
        "small2": str(random.randint(2, 5)),
        "ref": f"{random.randint(24, 25)}/0{random.randint(1001, 2999)}",
    }
    for name, most in (("sum", 900), ("sum2", 90), ("sum3", 20)):
        gaps[name] = f"{random.randint(2, most)},{random.randint(100, 999)}"
    return gaps | _people(random)


def _people(random: Random) -> dict[str, str]:
    return {f"c{i}": name for i, (name, _, _) in enumerate(random.sample(PEOPLE, 3), start=1)}


def _papers(name: str, minutes: str, meeting: int, place: int) -> tuple[Paper, ...]:
    """Return a report of two pages or more and, for every other item, an appendix."""
    facts = [block for block in minutes.split("\n\n") if not block.startswith(("|", "*", "#"))]
    filler = [
        f"{n}. The position described in paragraph {n} was checked on site, and again after "
        f"{n + meeting % 7} weeks. "
        "Officers found nothing that would change the advice given to Members here, and no cost beyond the "
        f"£{n * 1375:,} already approved under minute {meeting % 90 + n}."
        for n in range(1, 19)
    ]
    report = Paper(
        10 * meeting + 2 * place - 1,
        name,
        f"{name}.pdf".replace("/", " "),
        (
            f"# {name}",
            f"Purpose of this report: to set out the facts for meeting {meeting}.",
            *filler,
            *facts[:2],
        ),
    )
    if place % 2 == 0:
        return (report,)
    title = f"Appendix {place} - {name} figures"
    appendix = Paper(
        10 * meeting + 2 * place,
        title,
        f"{title}.pdf".replace("/", " "),
        (f"# {title}", *(f"Row {n}: £{n * (meeting % 37 + 3) * 25:,} in ward {n}." for n in range(1, 13))),
    )
    return report, appendix
