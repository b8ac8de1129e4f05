"""The clock: which sweep runs how often, and in which of the two pools of workers."""

from typing import Any

# App → task → seconds between two starts.
SWEEPS: dict[str, dict[str, float]] = {
    "channels_app": {
        "route_waiting": 5.0,
        "publish_answers": 3.0,
        "open_topics": 5.0,
        "index_texts": 3.0,
        "tell": 5.0,
        "recount_dates": 60.0,
        "stop_waiting": 60.0,
        "remind": 30.0,
        "send_due": 5.0,
        "send_pushes": 5.0,
        "send_through": 2.0,
        "send_urgent": 1.0,
        "verify_accounts": 60.0,
        "look_for_removed": 60.0,
        "gather_days": 30.0,
        "send_stale": 30.0,
        "draw_photos": 5.0,
        "take_in_sheets": 5.0,
        "fetch_accounts": 5.0,
        "take_in_events": 3.0,
        "add_up_counts": 5.0,
        "count_middles": 300.0,
        "erase_expired": 3600.0,
        "learn_words": 3600.0,
    },
    "lifecycle": {"seal": 60.0},
    "suggestions": {
        "take_up_ideas": 5.0,
        "open_petitions": 5.0,
        "add_up_tallies": 10.0,
        "spread": 5.0,
        "count_supports": 1.0,
        "close_windows": 60.0,
        "follow_up": 60.0,
        "invite_to_surveys": 60.0,
        "remind_of_suggestions": 60.0,
        "watch_committees": 60.0,
        "keep_reports": 60.0,
        "propose_alike": 60.0,
        "forget_unconfirmed": 3600.0,
    },
    "mayors_office": {"count_days": 20.0, "close_month": 3600.0, "write_open_data": 60.0},
    "seoul_portal": {"watch": 30.0},
}
# Whatever waits for a network, a disk or many rows leaves the quick ones alone.
SLOW = (
    "channels_app.tasks.send_*",
    "channels_app.tasks.verify_accounts",
    "channels_app.tasks.look_for_removed",
    "channels_app.tasks.draw_photos",
    "channels_app.tasks.fetch_accounts",
    "channels_app.tasks.take_in_events",
    "channels_app.tasks.erase_expired",
    "channels_app.tasks.count_middles",
    "lifecycle.tasks.seal",
    "mayors_office.tasks.*",
    "suggestions.tasks.propose_alike",
)
# Threads of each pool. Those of the slow one are more than all its seats (`channels_app.seats`):
# whatever network hangs, some are left for what has no seats.
THREADS = {"fast": 2, "slow": 16}
TASK_ROUTES = {name: {"queue": "slow"} for name in SLOW}
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    name: {"task": f"{room}.tasks.{name}", "schedule": every, "options": {"expires": every}}
    for room, sweeps in SWEEPS.items()
    for name, every in sweeps.items()
}
