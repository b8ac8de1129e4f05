"""The city's account at a message centre of this machine, and how what comes from it is read."""

from channels_app.connectors.contract import Batch, Inbound
from channels_app.connectors.smpp import Smpp
from channels_app.connectors.texting import Text
from tests.networks.smsc import CITY, MINA, PASSWORD, SYSTEM, Centre


def smpp(centre: Centre, password: str = PASSWORD) -> Smpp:
    return Smpp(
        host="127.0.0.1", port=centre.port, system_id=SYSTEM, password=password, sender=CITY,
        security="none", quiet=0.15, pause=0.01,
    )  # fmt: skip


def text(words: str = "고쳤습니다.", to: str = MINA) -> Text:
    return Text(key="S-2026-001000.answer", text=words, to=to)


def names(batch: Batch) -> list[tuple[str, str, str]]:
    return [(one.kind, one.external_id, one.revision) for one in batch.events]


def words(batch: Batch) -> list[str]:
    return [Smpp.hear(one.kind, one.raw).text for one in batch.events]


def read_to_the_end(centre: Centre, cursor: str = "") -> tuple[list[Inbound], str]:
    """As the sweep does: again as long as there is more."""
    found: list[Inbound] = []
    while True:
        batch = smpp(centre).fetch(cursor)
        found, cursor = [*found, *batch.events], batch.cursor
        if not batch.more:
            return found, cursor
