"""Serve the invented council: `python -m tests.ui.web.serving FEEDBACK [ROOT_PATH]` prints its address.

FEEDBACK is the file that keeps what readers say.
"""

import sys
from pathlib import Path

from tests.ui.web.fake import EXAMPLES, FakeBackend
from ui.web.server import serve
from ui.web.services import Services


def announce(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(
        FakeBackend(),
        lambda: EXAMPLES,
        port=0,
        ready=announce,
        root_path="".join(sys.argv[2:]),
        services=Services(feedback=Path(sys.argv[1])),
    )
