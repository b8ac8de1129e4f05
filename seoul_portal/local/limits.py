"""What the kernel allows a process."""

import resource

OPEN_FILES = 65_536


def raise_open_files() -> None:
    """Each open connection is a file; the usual 1,024 are soon gone. Children inherit this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
