"""Whether a name and a password fit together, asked no oftener than who has just mistyped would."""

import hmac
import secrets
from asyncio import Lock
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, to_thread

from ui.web.access.buckets import Buckets
from ui.web.access.passwords import Passwords

#: Wrong passwords from one address, and for one name from wherever: so many at once, then one in so many
#: seconds. One address alone cannot keep the owner of a name out: it has to wait longer than the name does.
ADDRESS_AT_ONCE, ADDRESS_SECONDS = 20, 60
NAME_AT_ONCE, NAME_SECONDS = 30, 30
#: Each check takes 64 MiB and as much time as the machine has; more at once would starve who only asks.
CHECKS_AT_ONCE = 2
#: Passwords that were right and are not checked again; the one that came longest ago is forgotten first.
KEPT = 1_000
TOO_OFTEN = "Wrong passwords were sent too often"


class GuessedTooOftenError(Exception):
    """Wrong passwords came too often; in `seconds` one may come again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(TOO_OFTEN)
        self.seconds = seconds


class Doorkeeper:
    """Checks the passwords of people by name against their hashes, and limits who guesses."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._passwords = Passwords(hashes)
        self._addresses = Buckets(1 / ADDRESS_SECONDS, ADDRESS_AT_ONCE)
        self._names = Buckets(1 / NAME_SECONDS, NAME_AT_ONCE)
        self._limiter = CapacityLimiter(CHECKS_AT_ONCE)
        # Of passwords, only digests are remembered, and their key lives as long as the process.
        self._key = secrets.token_bytes()
        self._right: OrderedDict[bytes, None] = OrderedDict()
        self._checking: WeakValueDictionary[bytes, Lock] = WeakValueDictionary()

    async def fits(self, name: str, password: str, address: str) -> bool:
        """Tell whether `password` is that of the person called `name`, for somebody at `address`.

        Raises:
            GuessedTooOftenError: it may not even be tried now.
        """
        # Both are taken before it is known how the check ends: many sent at once would all pass otherwise.
        seconds = self._take(address, name)
        if seconds:
            raise GuessedTooOftenError(seconds)
        fits = await to_thread.run_sync(self._passwords.fits, name, password, limiter=self._limiter)
        if fits:
            self._addresses.give_back(address)
            self._names.give_back(name)
        return fits

    async def knows(self, name: str, password: str, address: str) -> bool:
        """Tell the same of a program that sends its password each time: what was right is right again.

        Raises:
            GuessedTooOftenError: it may not even be tried now.
        """
        mark = hmac.new(self._key, f"{name}\n{password}".encode("utf-8", "surrogatepass"), sha256).digest()
        if self._remembers(mark):
            return True
        # The first requests of a program may come all at once, and are no guesses.
        async with self._checking.setdefault(mark, Lock()):
            if self._remembers(mark):
                return True
            if not await self.fits(name, password, address):
                return False
            self._right[mark] = None
            while len(self._right) > KEPT:
                self._right.popitem(last=False)
            return True

    def _remembers(self, mark: bytes) -> bool:
        if mark not in self._right:
            return False
        self._right.move_to_end(mark)
        return True

    def _take(self, address: str, name: str) -> float:
        seconds = self._addresses.take(address)
        if seconds:
            return seconds
        seconds = self._names.take(name)
        if seconds:
            self._addresses.give_back(address)
        return seconds
