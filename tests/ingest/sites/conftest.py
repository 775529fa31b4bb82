import pytest

from tests.ingest.sites.scripted import ScriptedSite, Visits


@pytest.fixture
def visits(corpus) -> Visits:
    """Looks at a scripted site, into an empty record."""
    return Visits(corpus)


@pytest.fixture
def site(visits) -> ScriptedSite:
    """The site that `visits` looks at."""
    return visits.site
