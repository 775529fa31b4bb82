from datetime import UTC, datetime

from corpus.errors import GenerationError
from index.browse import Holdings
from tests.ui.web.fake import FakeBackend
from ui.web.handlers import check_health

NOW = datetime(2026, 2, 3, 3, 20, tzinfo=UTC)


class BrokenBackend(FakeBackend):
    def holdings(self) -> Holdings:
        raise GenerationError("There is no index yet; build one with: minutebook index")


def test_health_names_the_generation_and_its_age():
    health = check_health(FakeBackend(), NOW)
    assert (health.status, health.report) == (
        200,
        {
            "status": "ok",
            "ready": True,
            "generation": "000007",
            "built_at": "2026-02-03T02:20:00+00:00",
            "age_seconds": 3_600,
        },
    )


def test_a_model_that_is_still_being_loaded_is_no_health_yet():
    health = check_health(FakeBackend(), NOW, warm=False)
    assert health.status == 503
    assert (health.report["status"], health.report["ready"], health.report["generation"]) == (
        "starting",
        False,
        "000007",
    )


def test_health_without_a_generation_gives_the_reason():
    health = check_health(BrokenBackend(), NOW)
    assert health.status == 503
    assert health.report["status"] == "failing"
    assert "minutebook index" in str(health.report["reason"])
