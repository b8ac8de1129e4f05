"""Is the web server up, and what does it say about itself?"""

import http.client
import time
from collections.abc import Callable

EVERY = 0.25
COMPLAIN_AFTER = 60.0


class FirstHealthyAnswer:
    """Asks /healthz until it says 200, once a tick at most, then does what was asked."""

    def __init__(
        self, host: str, port: int, *, then: Callable[[], None], say: Callable[[str], None]
    ) -> None:
        self.address = (host, port)
        self.then = then
        self.say = say
        self.started = self.asked = time.monotonic()
        self.over = self.complained = False

    def tick(self) -> None:
        """Called again and again."""
        now = time.monotonic()
        if self.over or now - self.asked < EVERY:
            return
        self.asked = now
        status, words = self._ask()
        if status == http.client.OK:
            self.over = True
            self.then()
        elif not self.complained and now - self.started > COMPLAIN_AFTER:
            self.complained = True
            self.say(f"not ready yet; /healthz says {status or 'nothing'}: {words}")

    def _ask(self) -> tuple[int, str]:
        connection = http.client.HTTPConnection(*self.address, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            answer = connection.getresponse()
            return answer.status, answer.read(500).decode(errors="replace").strip()
        except (OSError, http.client.HTTPException) as problem:
            return 0, str(problem)
        finally:
            connection.close()
