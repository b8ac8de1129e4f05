#!/usr/bin/env python
"""Django's commands, with the servers they need started around them."""

import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext

from seoul_portal.local import house, services, translations
from seoul_portal.local.errors import NoServerError

DEMONSTRATION = {"code", "demo"}
NO_SERVERS = {
    "chaos",  # its own
    "check",
    "collectstatic",
    "help",
    "mail",
    "makemessages",
    "messages",
    "pictures",
    "--version",
    "version",
    "witness",
}


def servers(words: list[str]) -> AbstractContextManager[None]:
    """Those of var/, those that leave nothing behind, or none."""
    if not words or words[0] in NO_SERVERS or {"-h", "--help"} & set(words):
        return nullcontext()
    if words[0] == "restore" and any(word.startswith("--to") for word in words):
        return nullcontext()
    if words[0] == "bench":
        return services.throwaway(durable=True)  # a commit that is not on disk is no figure
    return services.throwaway() if words[0] == "test" else services.running()


def main() -> int:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_portal.settings")
    # A plain SIGTERM would skip every `finally`: servers and temporary folders.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if DEMONSTRATION & set(sys.argv[1:2]) and house.may_be_a_demo("localhost"):
        os.environ.setdefault("PORTAL_DEMO", "1")
    translations.compile_stale()
    try:
        with servers(sys.argv[1:]):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except NoServerError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:  # ./portal mail | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    return 0


if __name__ == "__main__":
    sys.exit(main())
