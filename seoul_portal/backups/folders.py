"""One backup is one folder: its files, and a manifest that says what they must be."""

import hashlib
import json
import tarfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from tqdm import tqdm

from seoul_portal.local import places

MANIFEST, DATABASE, MEDIA, CLUSTER = "manifest.json", "database.dump", "media.tar", "cluster"
CHUNK = 1 << 20


class BackupError(Exception):
    """It can't be made or brought back; the message says why and what helps."""


@dataclass
class Manifest:
    """What a backup holds. `rows` and `migrations` tell of the moment its database was read."""

    made_at: str
    portal: str
    postgres: str
    migrations: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, dict[str, str | int]] = field(default_factory=dict)

    def seal(self, folder: Path) -> None:
        """Write it, last of all, with the checksum of everything beside it."""
        names = [name for name in (DATABASE, MEDIA) if (folder / name).exists()]
        if (folder / CLUSTER).exists():
            names.append(f"{CLUSTER}/backup_manifest")
        for name in names:
            path = folder / name
            self.files[name] = {"bytes": path.stat().st_size, "sha256": digest_of(path)}
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n")


def name_of(kind: str, moment: datetime) -> str:
    """Sorted by name is sorted by time."""
    return f"{kind}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@contextmanager
def fresh(parent: Path, kind: str, moment: datetime) -> Iterator[Path]:
    """A folder that appears under its name only when all of it is there."""
    name = name_of(kind, moment)
    unfinished = parent / f".{name}.part"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        unfinished.mkdir(mode=0o700)
        yield unfinished
        unfinished.rename(parent / name)
    except OSError as problem:
        raise BackupError(f"{parent} can't be written: {problem.strerror}.") from problem
    finally:
        rmtree(unfinished, ignore_errors=True)


def of(path: Path) -> Path:
    """The folder of a backup, given it or any file in it."""
    folder = path if path.is_dir() else path.parent
    if not (folder / MANIFEST).exists():
        raise BackupError(f"{path} is no backup: there is no {MANIFEST} beside it.")
    return folder


def read(folder: Path, *, quiet: bool) -> Manifest:
    """Its manifest, once every file is what it was. Raises BackupError naming the first bad one."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (ValueError, TypeError, OSError) as problem:
        raise BackupError(f"{folder / MANIFEST} can't be read; nothing was changed.") from problem
    for name, told in tqdm(manifest.files.items(), desc="checksums", disable=quiet):
        path = folder / name
        if not path.exists():
            raise BackupError(f"{path} is missing; nothing was changed.")
        if digest_of(path) != told["sha256"]:
            raise BackupError(f"{path} is damaged: its checksum differs. Nothing was changed.")
    return manifest


def pack_media(folder: Path, media: Path, *, quiet: bool) -> None:
    """Photos are packed as they lie; they are compressed already."""
    paths = [path for path in sorted(media.rglob("*")) if path.is_file()]
    with tarfile.open(folder / MEDIA, "w") as tar:
        for path in tqdm(paths, desc="photos", disable=quiet):
            try:
                tar.add(path, arcname=str(path.relative_to(media)))
            except FileNotFoundError:
                continue  # erased this second; its row is erased again when this comes back


def unpack_media(folder: Path, media: Path, *, quiet: bool) -> int:
    """Beside what is there, then in its place; the old ones are gone for good. How many."""
    beside = media.with_name(f"{media.name}.restored")
    rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    with tarfile.open(folder / MEDIA) as tar:
        members = tar.getmembers()
        for member in tqdm(members, desc="photos", disable=quiet):
            tar.extract(member, beside, filter="data")
    rmtree(media, ignore_errors=True)
    beside.rename(media)
    return len(members)


def drop_older(parent: Path, moment: datetime) -> list[Path]:
    """Delete our backups made before this moment, for good; which. Anything else stays."""
    old = [folder for folder in _ours(parent) if _made_at(folder) < moment]
    for folder in old:
        rmtree(folder)
    return old


def drop_journal(kept: Path, moment: datetime) -> int:
    """Delete the pieces of the journal no base backup starts before; how many.

    Without a base backup the journal starts nowhere: then what is older than `moment` goes.
    """
    bases = [_made_at(folder) for folder in _ours(kept.parent) if (folder / CLUSTER).exists()]
    first = min(bases, default=moment).timestamp()
    old = [piece for piece in kept.glob("*.gz") if piece.stat().st_mtime < first]
    for piece in old:
        piece.unlink()
    return len(old)


def latest(parent: Path) -> Path:
    """The newest of ours in this folder. Raises BackupError where there is none."""
    found = max(_ours(parent), key=_made_at, default=None)
    if found is None:
        raise BackupError(f"There is no backup in {parent}; make one with ./portal backup.")
    return found


def size_of(folder: Path) -> int:
    """Bytes of everything in it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _ours(parent: Path) -> list[Path]:
    return sorted(path.parent for path in parent.glob(f"*-????????T??????Z/{MANIFEST}"))


def _made_at(folder: Path) -> datetime:
    """As its name says, which is there even where the manifest is damaged."""
    told = folder.name.rpartition("-")[2]
    return datetime.strptime(told, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def version() -> str:
    """That of the portal."""
    told = tomllib.loads((places.ROOT / "pyproject.toml").read_text())
    return str(told["project"]["version"])
