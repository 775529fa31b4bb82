"""Who has signed in, in a cookie that nobody else can make."""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from itsdangerous import BadData, URLSafeTimedSerializer

COOKIE = "minutebook_session"
_DAY = 24 * 60 * 60


class Sessions:
    """Makes and reads the values of the cookie.

    They hold for `days`, and no longer than the person stands among `hashes` with the same password.
    """

    def __init__(self, secret: bytes, hashes: Mapping[str, str], days: int) -> None:
        self._secret = secret
        self._hashes = dict(hashes)
        self.seconds = days * _DAY
        self._serializer = URLSafeTimedSerializer(
            secret,
            salt="minutebook session",
            signer_kwargs={"key_derivation": "hmac", "digest_method": sha256},
        )

    def begin(self, name: str) -> str:
        """Return the value of the cookie for the person called `name`."""
        return self._serializer.dumps([name, self._mark(self._hashes[name])])

    def holder(self, value: str) -> str | None:
        """Return who has signed in, None if the value was not made here or does not hold any more."""
        try:
            name, mark = self._serializer.loads(value, max_age=self.seconds)
        except (BadData, ValueError, TypeError):
            return None
        known = self._hashes.get(name)
        return name if known and hmac.compare_digest(self._mark(known), mark) else None

    def _mark(self, password_hash: str) -> str:
        return hmac.new(self._secret, password_hash.encode(), sha256).hexdigest()[:32]
