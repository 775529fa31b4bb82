import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[3]


@dataclass
class Site:
    url: str
    process: subprocess.Popen[str]
    feedback: Path
    errors: str = ""

    def stop(self) -> None:
        """Interrupt the server as Ctrl-C does, and keep what it had to complain about."""
        self.process.send_signal(signal.SIGINT)
        _, self.errors = self.process.communicate(timeout=20)


@contextmanager
def running_site(feedback: Path, root_path: str = "") -> Iterator[Site]:
    """Serve an invented council on a free port, in a process of its own as in real use.

    Inside the tests' process the warnings of Gradio's dependencies would be errors.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.web.serving", str(feedback), *([root_path] if root_path else [])],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url, "the server ended before it listened"
        site = Site(url, process, feedback)
        yield site
        if process.poll() is None:
            site.stop()
        assert (process.returncode, site.errors) == (0, "")
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site") / "feedback.sqlite3") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module.

    It holds the event loop of its thread, so it must be gone before a test that runs one of its own.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "no Chromium found: install Debian's package chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield started
        started.close()
