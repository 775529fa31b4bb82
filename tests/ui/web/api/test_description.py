"""The description holds for those who are kept out, too: without a password, too often, from elsewhere."""

import json

import pytest

from tests.ui.web.api.describing import ALL, DESCRIBED, hold_against
from tests.ui.web.around import HASH, PASSWORD, Around, around

FENN = ("--auth", f"fenn:{PASSWORD}")
USERS = {"fenn": HASH}


def test_it_is_true_for_who_has_signed_in(tmp_path):
    with around(users=USERS, requests_per_minute=0) as site:
        held = hold_against(f"{site.url}/api/openapi.json", tmp_path, *FENN, *ALL, examples=5)
    assert {200, 401, 405, 422} <= set(held.statuses)  # some requests are sent without the password


@pytest.mark.slow
def test_it_is_true_for_who_asks_too_often(tmp_path):
    with around(users=USERS, requests_at_once=100, requests_per_minute=1) as site:
        held = hold_against(f"{site.url}/api/openapi.json", tmp_path, *FENN, *DESCRIBED, examples=5)
    assert {200, 429} <= set(held.statuses)


@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        pytest.param((), {401}, id="without a password"),
        pytest.param(("--auth", "fenn:wrong"), {401, 429}, id="with a wrong one", marks=pytest.mark.slow),
        pytest.param(
            (*FENN, "--header", "Origin: https://evil.example"),
            {403},
            id="out of another site's page",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_it_is_true_for_who_is_kept_out(tmp_path, options, statuses):
    with around(users=USERS, requests_per_minute=0) as site:
        described = tmp_path / "openapi.json"
        described.write_text(json.dumps(_description(site)))
        held = hold_against(described, tmp_path, "--url", site.url, *options, *DESCRIBED, examples=5)
    assert statuses <= set(held.statuses)
    # /health is open to all but the pages of other sites.
    assert (200 in held.statuses) == (403 not in statuses)


def _description(site: Around) -> object:
    return site.client.get("/api/openapi.json", auth=("fenn", PASSWORD)).json()
