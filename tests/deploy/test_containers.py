"""The compose file runs what `./portal run` runs, with settings that exist and few rights."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from seoul_portal.keys import ENVIRONMENT
from seoul_portal.local import places
from seoul_portal.local.house import House

COMPOSE: dict[str, Any] = yaml.safe_load((places.ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"migrate", "backup"}
OURS = {"web", "worker-fast", "worker-slow", "beat", "migrate", "backup"}
SHORT = {
    "-A": "--app",
    "-P": "--pool",
    "-l": "--loglevel",
    "-n": "--hostname",
    "-Q": "--queues",
    "-c": "--concurrency",
}
# Where a container differs from a laptop on purpose.
ELSEWHERE = {"--host", "--port", "--log-config", "-B", "--scheduler", "--pidfile"}


def words(command: list[str]) -> set[str]:
    """Options with their values, in one spelling; the interpreter apart."""
    found, rest = set(), [word for word in command[1:] if word != "-m"]
    while rest:
        name, _, value = rest.pop(0).partition("=")
        name = SHORT.get(name, name)
        if name.startswith("-") and not value and rest and not rest[0].startswith("-"):
            value = rest.pop(0) if name != "--quiet" else ""
        if name not in ELSEWHERE:
            found.add(f"{name} {value}".strip())
    return found


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """What the local supervisor starts."""
    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1:1")
    children = House("127.0.0.1", 8000, demo=False).children()
    return {child.name: words(list(child.command)) for child in children}


@pytest.mark.parametrize(
    ("service", "child"), [("web", "web"), ("worker-fast", "fast"), ("worker-slow", "slow")]
)
def test_a_container_runs_what_a_laptop_runs(
    service: str, child: str, here: dict[str, set[str]]
) -> None:
    assert words(SERVICES[service]["command"]) == here[child]


def test_the_image_runs_the_same_web_server_by_itself() -> None:
    (command,) = re.findall(r"^CMD (\[.*?\])", dockerfile(), re.DOTALL | re.MULTILINE)

    alone = yaml.safe_load(command.replace("\\\n", ""))
    assert words(alone) == words(SERVICES["web"]["command"])


def test_there_is_one_clock() -> None:
    clocks = [name for name, one in SERVICES.items() if "beat" in one["command"]]

    assert clocks == ["beat"]
    assert "replicas" not in SERVICES["beat"]["deploy"]
    assert not [name for name, one in SERVICES.items() if "-B" in one["command"]]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_held_in_bounds(name: str) -> None:
    one = SERVICES[name]

    assert one["restart"] in ("unless-stopped", "on-failure:5", "on-failure:1")
    assert one["healthcheck"].get("disable", False) == (name in ONE_SHOT)
    assert {"cpus", "memory"} <= one["deploy"]["resources"]["limits"].keys()
    assert not one.get("privileged")
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not {"network_mode", "pid", "cap_add", "devices"} & one.keys()
    assert bool(one.get("ports")) == (name == "proxy")
    assert not [volume for volume in one.get("volumes", []) if "docker.sock" in volume]


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_containers_are_nobody_and_write_nowhere_else(name: str) -> None:
    one = SERVICES[name]

    assert (one["user"], one["read_only"], one["cap_drop"]) == ("10001", True, ["ALL"])


def test_the_door_is_on_loopback_and_the_only_one() -> None:
    (port,) = SERVICES["proxy"]["ports"]

    assert port.startswith("127.0.0.1:")


def test_no_password_is_written_down() -> None:
    example = dict(example_lines())

    assert [name for name in ENVIRONMENT if example[name]] == []
    assert example["METRICS_TOKEN"] == ""
    assert ":?" in SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"]


def test_every_named_setting_exists() -> None:
    settings = (places.ROOT / "seoul_portal/settings.py").read_text()
    known = set(re.findall(r'env(?:\.\w+)?\(\s*[\'"]([A-Z_]+)[\'"]', settings))
    known |= {"PORTAL_BACKUPS"}
    image = set(re.findall(r"(?:ENV |^    )([A-Z_]+)=", dockerfile(), re.MULTILINE))

    named = {name for name, _ in example_lines()} | set(SERVICES["migrate"]["environment"])
    assert named - known == set()
    python = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "DJANGO_SETTINGS_MODULE"}
    assert {name for name in image if name.isupper()} - known - python == set()


def example_lines() -> Iterator[tuple[str, str]]:
    """Name and value of each line of the example."""
    for line in (places.ROOT / "deploy/portal.env.example").read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name, value


def dockerfile() -> str:
    """Its words."""
    return (places.ROOT / "Dockerfile").read_text()
