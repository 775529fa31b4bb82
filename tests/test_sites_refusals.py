"""Sites that turn a first visit away, and sites that close a part of themselves to visitors like us."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date

from corpus.store import Corpus
from tests.sites.council import council
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights, source
from tests.sites.traits import HASTY_ROBOTS, NO_ROBOTS, Failure, Traits, Trouble

NIGHT = date(2025, 7, 16)
SINCE = date(2025, 6, 1)
PLAIN = Traits(robots=HASTY_ROBOTS)
ASHMERE, TARNWICK = "ashmere", "tarnwick"


def test_a_first_visit_in_trouble_leaves_nothing_behind(tmp_path):
    nights = Nights(tmp_path / "data")
    settings = (nights.data / "minutebook.toml").read_bytes()
    troubles = (
        replace(PLAIN, failure=Failure(Trouble.FORBIDDEN)),
        replace(PLAIN, failure=Failure(Trouble.ERROR_PAGE)),
        replace(PLAIN, failure=Failure(Trouble.BROKEN)),
        replace(PLAIN, robots=NO_ROBOTS),
    )
    with ExitStack() as stack:
        sites = [stack.enter_context(ModernGov(council(), today=NIGHT, traits=one)) for one in troubles]
        done = nights(NIGHT, "ingest", *(site.base for site in sites))
    assert done.code == 3
    told = "\n".join(done.lines)
    for reason in ("(Just a moment", "error page", "answers 500", "its robots.txt does not allow it"):
        assert reason in told
    assert (nights.data / "minutebook.toml").read_bytes() == settings
    with Corpus(nights.data / "corpus.sqlite3") as corpus:
        assert corpus.sources() == ()
    assert nights(NIGHT, "update").code == 3


def test_rules_with_wildcards_close_the_papers_and_nothing_else(tmp_path):
    rules = (
        "User-agent: *\nDisallow: /*Convert2PDF*ID=\nDisallow: /documents/\nDisallow: /*.asmx$\n"
        "Disallow: /mgDelegated*.aspx$\n"
    )
    with (
        ModernGov(council(), today=NIGHT, traits=Traits(robots=rules)) as service,
        ModernGov(council(), today=NIGHT, traits=Traits(robots=rules, service=False)) as pages,
    ):
        settings = "".join(
            source(name, site.base, since=SINCE, attachments="all")
            for name, site in ((ASHMERE, service), (TARNWICK, pages))
        )
        nights = Nights(tmp_path / "data", settings)
        done = nights(NIGHT, "ingest", ASHMERE, TARNWICK)
        asked = [logged.path.lower() for site in (service, pages) for logged in site.requests]
    assert done.code == 1
    refused = [line for line in done.lines if "its robots.txt does not allow it" in line]
    for name in (ASHMERE, TARNWICK):
        blocked = sum(line.startswith(f"{name}: ") for line in refused)
        assert blocked > 3
        (line,) = (line for line in done.lines if line.startswith(f"{name}: ") and " new, " in line)
        assert f"{blocked} blocked" in line
        assert "failed" not in line
    assert not [path for path in asked if "convert2pdf" in path or "/documents/" in path]
    assert any("mgdelegated" in path for path in asked)
    with Corpus(nights.data / "corpus.sqlite3") as corpus:
        assert {(one.state, one.reason) for one in corpus.sources()} == {("ok", "")}
    assert {document.kind for document in nights.documents().values()} == {"minutes", "decision"}
