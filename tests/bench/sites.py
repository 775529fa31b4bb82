"""What a night of looking at council sites costs, and how fast their answers are read."""

from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus.records import Status
from ingest.sites.directory import councils
from ingest.sites.documents import Setting, item_document
from ingest.sites.moderngov.service import read_meeting
from ingest.sites.pace import slot
from ingest.sites.records import ListedCommittee, ListedMeeting
from tests.sites.council import LAST_DAY, council
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights, source
from tests.sites.traits import Traits

#: The night that has to fit into six hours.
COUNCILS, DUE, HOURS = 300, 40, 6
#: So long after everything was read first, every meeting is due once more.
LATER = 100
PACE = 1.0
HOST = "ashmere.moderngov.co.uk"


def measure(data: Path) -> dict[str, object]:
    """Return the speed of parsing the largest answer below `data`, and the cost of an unchanged night."""
    answers = (
        sorted(data.rglob("GetMeeting_*.xml"), key=lambda path: path.stat().st_size) if data.is_dir() else []
    )
    parsing = {"parsing": parsing_speed(answers[-1])} if answers else {}
    return {**parsing, "unchanged night": {"web service": night(service=True), "pages": night(service=False)}}


def parsing_speed(answer: Path) -> dict[str, object]:
    """Return how many agenda items of a GetMeeting answer become documents in a second."""
    body, key = answer.read_bytes(), answer.stem.partition("_")[2]
    listed = ListedMeeting(key, ListedCommittee("1", "Cabinet"), "2025-01-01", "https://ashmere.example/")
    times = []
    for _ in range(20):
        started = perf_counter()
        proceedings = read_meeting(body, "https://ashmere.example/", listed)
        setting = Setting("ashmere", "", proceedings.committee, proceedings.date, Status.FINAL, "")
        documents = [item_document(item, setting) for item in proceedings.items]
        times.append(perf_counter() - started)
    return {
        "answer": answer.name,
        "bytes": len(body),
        "items": len(documents),
        "items per second": round(len(documents) / median(times), 1),
    }


def night(*, service: bool) -> dict[str, object]:
    """Return what a request costs in a night without changes, and what that makes of 300 councils.

    Requests to one vendor's machines wait for each other, all others go on at once: the night is as long as
    its fullest slot, or as the processor needs for all, whichever is more. Councils are shared out over the
    vendor's machines and their own as those of the directory are.
    """
    with (
        TemporaryDirectory() as folder,
        ModernGov(council(), today=LAST_DAY, traits=Traits(service=service, robots="")) as site,
    ):
        address = site.base.replace("127.0.0.1", HOST)
        nights = Nights(
            Path(folder), source("ashmere", address, since=date(2024, 1, 1)), hosts={HOST: "127.0.0.1"}
        )
        nights(LAST_DAY, "ingest", "ashmere")
        fast = _unchanged(nights, site, LATER)
        nights.set_pace(PACE)
        paced = _unchanged(nights, site, 2 * LATER)
    shared = sum(slot(one.base) == "moderngov.co.uk" for one in councils()) / len(councils())
    requests = COUNCILS * DUE
    fullest = requests * shared
    processor = fast["seconds"] / fast["requests"]
    each = paced["seconds"] / paced["requests"]
    return {
        "meetings due": DUE,
        "requests": fast["requests"],
        "seconds without a pace": fast["seconds"],
        "seconds at the default pace": paced["seconds"],
        "ms of work per request": round(1_000 * processor, 1),
        "seconds per request at the default pace": round(each, 3),
        "councils on the vendor's machines": round(COUNCILS * shared),
        "hours of 300 councils": round(max(fullest * each, requests * processor) / 3_600, 2),
        "fits into six hours when a site answers within s": round(HOURS * 3_600 / fullest - each, 2),
        "hours of 300 councils on one vendor's machines": round(requests * each / 3_600, 2),
    }


def _unchanged(nights: Nights, site: ModernGov, days: int) -> dict[str, float]:
    site.forget()
    report = nights(date.fromordinal(LAST_DAY.toordinal() + days), "update", "--json").json
    (looked,) = report["sources"]
    assert (looked["state"], looked["new"], looked["changed"]) == ("ok", 0, 0), looked
    assert looked["requests"] == len(site.requests)
    return {"seconds": looked["seconds"], "requests": looked["requests"]}
