"""The people of the chaos: some send the form until they have a number, some answer."""

import http.client
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection

from benchmarks.chaos.browser import Browser
from benchmarks.chaos.house import leave_thread
from channels_app import actions
from channels_app import rules as numbers
from channels_app.models import Message, RoutingRule
from channels_app.states import MessageStatus
from lifecycle import clock, rules
from lifecycle.errors import OvertakenError, WrongTurnError
from lifecycle.models import Rule
from people.models import Appointment, Office, User

DECIDING = "들썩돌"  # leads to one office; no rule of the city knows it
LIMITS = (
    numbers.LIMIT_REPEATED,
    numbers.LIMIT_ALIKE,
    numbers.LIMIT_SESSION,
    numbers.LIMIT_CONTACT,
    numbers.LIMIT_NETWORK,
    numbers.UNCONFIRMED_MAILS,
)
AGAIN_EVERY = 5  # so many voices, then one is sent once more with its key


def build() -> User:
    """One office with one officer, to which a word leads; nobody is held for how fast they are."""
    office = Office.objects.create(
        slug="chaos", kind="department", name_ko="들썩돌과", name_en="Chaos Division"
    )
    RoutingRule.objects.create(office=office, words=DECIDING, decides=True)
    officer = User.objects.create_user("jun@chaos.example.org")
    Appointment.objects.create(user=officer, office=office)
    since = clock.now() - timedelta(days=1)
    values = {rule.name: 10**9 for rule in LIMITS}
    values |= {numbers.FORM_SECONDS.name: 0, numbers.ANSWER_LEAVES_AFTER.name: 1}
    Rule.objects.bulk_create(
        Rule(name=name, value=value, since=since, reason="of the chaos")
        for name, value in values.items()
    )
    rules.forget()
    return officer


@dataclass
class City:
    """Everybody who is about, in threads of this process."""

    port: int
    officer: User
    speakers: int
    pause: float
    receipts: list[str] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)  # one key, two numbers; or the other way
    keys: dict[str, uuid.UUID] = field(default_factory=dict)  # of each number
    unheard: list[str] = field(default_factory=list)
    seen: Counter[int] = field(default_factory=Counter)
    answered: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    given_up: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """People come, officers sit down."""
        self.over.clear()
        about = [(self._speak, n) for n in range(self.speakers)] + [(self._answer, 0)]
        self.threads = [threading.Thread(target=what, args=(n,), daemon=True) for what, n in about]
        for thread in self.threads:
            thread.start()

    def end(self, tend: Callable[[], object]) -> None:
        """Everybody finishes the sentence; what falls meanwhile is started again by `tend`."""
        self.over.set()
        for thread in self.threads:
            while thread.is_alive():
                tend()
                thread.join(0.2)

    def leave(self) -> None:
        """At once, in the middle of a word."""
        self.given_up.set()
        self.over.set()

    def _speak(self, _number: int) -> None:
        browser, said = Browser(self.port), 0
        while not self.over.wait(self.pause):
            key, said = uuid.uuid4(), said + 1
            text = f"{key.hex} {DECIDING}이 들썩해요."
            number = self._until_heard(browser, text, key)
            if number and said % AGAIN_EVERY == 0:
                again = self._until_heard(browser, text, key)
                if again and again != number:
                    self.twins.append(f"{number} and {again} for one key")
            self.seen.update(page.status for page in browser.seen)
            browser.seen.clear()

    def _until_heard(self, browser: Browser, text: str, key: uuid.UUID) -> str:
        """Press Send with one key until there is a number; nothing where we have to leave."""
        deadline = time.monotonic() + 120
        while not self.given_up.is_set():
            try:
                number = browser.say(text, key, f"{key.hex}@example.org").receipt
            except (OSError, http.client.HTTPException):
                number = ""
            if number:
                if self.keys.setdefault(number, key) != key:
                    self.twins.append(f"{number}: one number for one key and for another")
                self.receipts.append(number)
                return number
            if time.monotonic() > deadline:
                self.unheard.append(text)
                return ""
            self.given_up.wait(0.05)
        return ""

    def _answer(self, _number: int) -> None:
        dice = random.Random(self.port)
        while not self.over.wait(self.pause):
            try:
                self._answer_one(dice)
            except (DatabaseError, InterfaceError):
                connection.close()  # it is away: as the officer's page would say
            except (WrongTurnError, OvertakenError):
                pass
        leave_thread()

    def _answer_one(self, dice: random.Random) -> None:
        waiting = Message.objects.filter(status=MessageStatus.ROUTED).order_by("id")[:20]
        if found := list(waiting):
            actions.answer(dice.choice(found), text="고쳤습니다.", by=self.officer)
            self.answered += 1
