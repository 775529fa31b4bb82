from pathlib import Path

import pytest

from tests.ui.batch.asking import indexed
from tests.ui.commanding import Minutebook


@pytest.fixture(scope="session")
def minutebook(tmp_path_factory) -> Minutebook:
    """The command over a small index, which no test changes."""
    return indexed(tmp_path_factory.mktemp("batch") / "data")


@pytest.fixture(scope="session")
def data(minutebook) -> Path:
    """The data directory of the small index."""
    return minutebook.data
