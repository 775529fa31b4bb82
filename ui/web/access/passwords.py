"""Passwords: only their hashes are kept (Argon2id, with its parameters in the hash)."""

import secrets
from collections.abc import Mapping
from unicodedata import normalize

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerificationError

from corpus.errors import UsageError

SHORTEST = 8
LONGEST = 1_000


def hash_password(password: str) -> str:
    """Return what is put into the settings for `password`.

    Raises:
        UsageError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"a password has {SHORTEST} to {LONGEST:,} characters, this one {len(password):,}; choose another"
        )
    return PasswordHasher().hash(_same_anywhere(password))


class Passwords:
    """The passwords of people by name, as hashes; threads may share it."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = dict(hashes)
        hasher = PasswordHasher()
        if hashes:
            hasher = PasswordHasher.from_parameters(extract_parameters(next(iter(hashes.values()))))
        # For names that nobody has: an answer that comes sooner would tell which names there are.
        self._nobodys = hasher.hash(secrets.token_hex())
        self._hasher = hasher

    def fits(self, name: str, password: str) -> bool:
        """Tell whether `password` is that of the person called `name`; it takes as long if nobody is."""
        known = self._hashes.get(name)
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(known or self._nobodys, _same_anywhere(password))
        except VerificationError:
            return False
        return known is not None


def _same_anywhere(password: str) -> bytes:
    """Return the bytes of a password, which keyboards and systems put together in different ways."""
    return normalize("NFKC", password).encode("utf-8", "surrogatepass")
