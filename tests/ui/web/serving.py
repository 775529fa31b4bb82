"""Serve the invented council: `python -m tests.ui.web.serving [ROOT_PATH]` prints its address."""

import sys

from tests.ui.web.fake import EXAMPLES, FakeBackend
from ui.web.server import serve


def announce(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(FakeBackend(), lambda: EXAMPLES, port=0, ready=announce, root_path="".join(sys.argv[1:]))
