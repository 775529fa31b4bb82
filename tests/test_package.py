"""What a user installs: all packages with their data, and nothing of the tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-build-isolation", "--no-cache-dir"]
    source = str(copied(folder / "source"))
    subprocess.run([*pip, *offline, "--wheel-dir", str(folder), source], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def copied(folder: Path) -> Path:
    """Copy what git knows: a build leaves its traces beside its source."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    return folder


def test_every_module_is_installed(names):
    modules = {
        path.relative_to(ROOT).as_posix()
        for package in ("corpus", "ingest", "index", "ui")
        for path in (ROOT / package).rglob("*.py")
    }
    assert modules <= names


@pytest.mark.parametrize(
    "data",
    [
        "ui/web/looks/words.css",
        "ui/web/looks/page.js",
        "ingest/sites/councils.csv",
        "corpus/sample/haringey-cabinet-send-scrutiny-review.txt",
        "corpus/sample/ATTRIBUTION",
    ],
)
def test_data_is_installed_beside_the_code_that_reads_it(names, data):
    assert data in names


def test_no_test_is_installed(names):
    assert not [name for name in names if name.startswith("tests")]
