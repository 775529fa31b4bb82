"""How often something may be done: tokens that come back by and by (a "token bucket"), for each key apart."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

#: Keys that are remembered; the one that was quiet for longest is forgotten first.
KEPT = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """`at_once` tokens for each key, of which `per_second` come back; threads may share it."""

    def __init__(
        self, per_second: float, at_once: float, *, kept: int = KEPT, clock: Callable[[], float] = monotonic
    ) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._kept = kept
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str, tokens: int = 1) -> float:
        """Take tokens, and return 0; if there is none, return in how many seconds there will be.

        Where there is one, more may be taken than there are; the next one then comes so much later.
        """
        with self._lock:
            bucket = self._bucket(key)
            if bucket.tokens < 1:
                return (1 - bucket.tokens) / self._per_second
            bucket.tokens -= tokens
            return 0.0

    def give_back(self, key: str) -> None:
        """Give a token back that was taken."""
        with self._lock:
            bucket = self._bucket(key)
            bucket.tokens = min(self._at_once, bucket.tokens + 1)

    def _bucket(self, key: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(self._at_once, now)
            while len(self._buckets) > self._kept:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        bucket.tokens = min(self._at_once, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        return bucket
