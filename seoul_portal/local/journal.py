"""PostgreSQL's journal, kept aside piece by piece, so that a base backup can go on from there.

PostgreSQL calls this file as a program: `keep` with each finished piece, `fetch` when it recovers.
Nothing is kept before the first base backup has made the folder. Standard library only.
"""

import gzip
import os
import shlex
import shutil
import sys
from pathlib import Path

SECONDS = 60  # a piece is finished after so long even if little happened
_CALL = shlex.join([sys.executable, "-P", str(Path(__file__).resolve())]).replace("%", "%%")


def options(folder: Path) -> list[str]:
    """What a server is started with. No folder there: nothing is kept, and nobody complains."""
    return ["archive_mode=on", f"archive_command={_CALL} keep %p {_quoted(folder)}/%f.gz"]


def way_back(folder: Path) -> str:
    """The command with which a recovering server fetches a piece."""
    return f"{_CALL} fetch {_quoted(folder)}/%f.gz %p"


def keep(piece: Path, kept: Path) -> bool:
    """Whole or not at all, and never over a different one of the same name (another cluster's)."""
    if not kept.parent.is_dir():
        return True
    if kept.exists():
        return gzip.decompress(kept.read_bytes()) == piece.read_bytes()
    unfinished = kept.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(gzip.compress(piece.read_bytes(), compresslevel=1))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(kept)
    return True


def fetch(kept: Path, piece: Path) -> bool:
    """Bring one back; a missing one is how PostgreSQL learns that it has seen them all."""
    if not kept.exists():
        return False
    with gzip.open(kept) as source, piece.open("wb") as target:
        shutil.copyfileobj(source, target)
    return True


def _quoted(folder: Path) -> str:
    return shlex.quote(str(folder)).replace("%", "%%")


if __name__ == "__main__":
    act = {"keep": keep, "fetch": fetch}[sys.argv[1]]
    sys.exit(0 if act(Path(sys.argv[2]), Path(sys.argv[3])) else 1)
