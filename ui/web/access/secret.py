"""The secret that signs sessions: out of the environment, or made once and kept in the data directory."""

import os
import secrets
import stat
from pathlib import Path

from corpus.errors import SettingsError
from ui.web.settings import SHORTEST_SECRET, WebSettings

FILE = "web.secret"


def secret_of(data: Path, settings: WebSettings) -> bytes:
    """Return the secret; only who has signed in by password needs one.

    Raises:
        SettingsError: its file cannot be read or written, is too short, or may be read by others.
    """
    if not settings.users:
        return b""
    stated = settings.secret.get_secret_value()
    return stated.encode() if stated else _kept(data / FILE)


def _kept(path: Path) -> bytes:
    try:
        if not path.exists():
            _make(path)
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingsError(f"{path} may be read by others; run: chmod 600 {path}")
        secret = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be used ({error.strerror or error}); correct that, "
            "or set MINUTEBOOK_WEB__SECRET in the environment"
        ) from error
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"{path} holds no secret; remove it, and one is made")
    return secret


def _make(path: Path) -> None:
    """Put a new secret at `path`, whole at once; if another process is quicker, its secret stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex().encode() + b"\n")
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
