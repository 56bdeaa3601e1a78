"""A circuit breaker: after three failures in half a minute nothing is asked for a while, then
one probe."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

FAILURES = 3
WITHIN_SECONDS = 30.0
OPEN_SECONDS = 20.0


class Breaker:
    """Shared by the threads of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self.reset()

    def reset(self) -> None:
        """Closed, with nothing held against the other side."""
        self._failed_at: deque[float] = deque(maxlen=FAILURES)
        self._open_until = 0.0
        self._probing = False

    @property
    def state(self) -> str:
        """`closed`, `open`, or `probing` when one request may go through."""
        if not self._open_until:
            return "closed"
        return "open" if self._clock() < self._open_until else "probing"

    def may_ask(self) -> bool:
        """Whether a request may go out; while probing, only the first."""
        with self._lock:
            if self.state == "closed":
                return True
            if self.state == "open" or self._probing:
                return False
            self._probing = True
            return True

    def succeeded(self) -> None:
        """The other side answered: all is forgiven."""
        if self._open_until or self._failed_at:
            with self._lock:
                self.reset()

    def failed(self) -> None:
        """One more failure; enough of them, or a failed probe, open the circuit."""
        with self._lock:
            now = self._clock()
            self._failed_at.append(now)
            often = len(self._failed_at) == FAILURES and now - self._failed_at[0] <= WITHIN_SECONDS
            if often or self._probing:
                self._open_until = now + OPEN_SECONDS
            self._probing = False
