"""Check the sealed record of Seoul Listens. One file, Python 3.10 or newer, nothing else needed.

    python verify.py check   SOURCE [--key KEY] [--kept FILE] [--save FOLDER]
    python verify.py witness SOURCE --state FILE [--key KEY]
    python verify.py proof   FILE [--key KEY]

SOURCE is the address of the record (https://…/opendata/record/) or a folder that --save has filled.
`check` reads everything: every line must have the hash that the signed head commits to, and the
steps of every case must follow from each other. `witness` keeps the last head it has seen in a
file and refuses a record that has become shorter or was written anew; run it every day. `proof`
looks at one step as the page of a case hands it out. Exit code 0: all is well; 1: something is
wrong, and the first lines say where; 2: it could not be read.
"""

import argparse
import base64
import hashlib
import json
import os
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any

PART = 4096  # leaves in one file of the record
SHOWN = 20
TIMEOUT = 60


class Wrong(Exception):
    """The record is not what it should be."""


# -- the tree (RFC 6962) ----------------------------------------------------------------------


def leaf_hash(line: bytes) -> bytes:
    """Of one entry."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Of two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows leaf by leaf; remembers only its complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """One more at the end."""
        index = self.size
        while index & 1:
            leaf, index = node_hash(self.peaks.pop(), leaf), index >> 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The head."""
        if not self.peaks:
            return hashlib.sha256().digest()
        found = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            found = node_hash(peak, found)
        return found


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    here, last = index, size - 1
    for neighbour in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            leaf = node_hash(neighbour, leaf)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            leaf = node_hash(leaf, neighbour)
        here, last = here >> 1, last >> 1
    return 0 <= index < size and last == 0 and leaf == root


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """RFC 9162, 2.1.4.2."""
    if old == new or old == 0:
        return not path and (old == 0 or old_root == new_root)
    way = ([old_root] if old & (old - 1) == 0 else []) + list(path)
    if old > new or not way:
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    small = large = way[0]
    for neighbour in way[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            small, large = node_hash(neighbour, small), node_hash(neighbour, large)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            large = node_hash(large, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and small == old_root and large == new_root


# -- the signature (Ed25519, RFC 8032, 5.1) ---------------------------------------------------

Point = tuple[int, int, int, int]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _add(one: Point, other: Point) -> Point:
    """In extended coordinates (X, Y, Z, T)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _point(octets: bytes) -> Point | None:
    """The point that 32 octets name, or None."""
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))  # y = 4/5


def is_signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether this key has signed exactly this."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, first = _point(public), _point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if BASE is None or key is None or first is None or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + text).digest()
    told = int.from_bytes(digest, "little") % ORDER
    left, right = _times(number, BASE), _add(first, _times(told, key))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P
        or (left[1] * right[2] - right[1] * left[2]) % P
    )


# -- the signed head (C2SP signed-note, tlog-checkpoint) --------------------------------------


def read_note(note: str, key: str) -> tuple[int, bytes]:
    """(size, root) of a note. Raises Wrong unless this key has signed it."""
    name, _plus, rest = key.strip().partition("+")
    number, _plus, public = rest.partition("+")
    text, _gap, signatures = note.partition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        dash, _space, rest = line.partition(" ")
        signer, _space, written = rest.partition(" ")
        signature = _octets(written)
        if (dash, signer, signature[:4].hex()) == ("\u2014", name, number) and is_signed(
            _octets(public)[1:], text.encode(), signature[4:]
        ):
            break
    else:
        raise Wrong("the head of the record is not signed by the key")
    origin, size, root = text.rstrip("\n").split("\n")[:3]
    if origin != name:
        raise Wrong("the head belongs to another record: " + origin)
    return int(size), _octets(root)


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


# -- where it is read from --------------------------------------------------------------------


class Source:
    """An address or a folder; what was read is kept where somebody wants it."""

    def __init__(self, place: str, save: str | None = None) -> None:
        self.place, self.save = place.rstrip("/"), save
        self.is_far = place.startswith(("https://", "http://"))

    def read(self, name: str) -> bytes:
        """The octets of one file."""
        if self.is_far:
            address = f"{self.place}/{name}"
            with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310 - as typed
                found: bytes = answer.read()
        else:
            with open(os.path.join(self.place, *name.split("/")), "rb") as file:
                found = file.read()
        if self.save:
            path = os.path.join(self.save, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(found)
        return found

    def text(self, name: str) -> str:
        """The same as text."""
        return self.read(name).decode()


# -- the three commands -----------------------------------------------------------------------


def check(source: Source, key: str, kept: str = "") -> Iterator[str]:
    """Every place that is wrong, in a sentence. `kept` is an earlier head."""
    size, root = read_note(source.text("checkpoint"), key)
    kept_size, kept_root = read_note(kept, key) if kept else (0, b"")
    if kept_size > size:
        yield f"the record has {size} leaves, the head that was kept {kept_size}: it is shorter"
    tree = Tree()
    lives: dict[tuple[str, str], tuple[int, str]] = {}
    for part in range((size + PART - 1) // PART):
        hashes = source.read(f"leaves/{part}")[: 32 * (size - part * PART)]
        leaves = [hashes[place : place + 32] for place in range(0, len(hashes), 32)]
        for leaf in leaves:
            tree.append(leaf)
            if tree.size == kept_size and tree.root() != kept_root:
                yield f"the first {kept_size} leaves are not those of the head that was kept"
        yield from _lines(source.text(f"entries/{part}"), part * PART, leaves, lives)
        _tell(tree.size, size)
    if tree.root() != root:
        yield f"the {tree.size} leaves are not the {size} of the signed head"


def _lines(
    text: str, first: int, leaves: Sequence[bytes], lives: dict[tuple[str, str], tuple[int, str]]
) -> Iterator[str]:
    """What can be read of one part: index, entry, and where its case stands today."""
    for line in text.splitlines():
        index, entry, *stands = line.split("\t")
        place = int(index) - first
        if not 0 <= place < len(leaves):
            continue  # sealed since the head was read
        if entry == "-":
            yield f"leaf {index}: its step is missing"
            continue
        said = json.loads(entry)
        case = said["kind"], said["case"]
        name = f"leaf {index} ({said['kind']} {said['case']}, step {said['seq']})"
        if leaf_hash(entry.encode()) != leaves[place]:
            yield f"{name}: it was changed"
        if lives.get(case, (-1, "")) != (said["seq"] - 1, said["from"]):
            yield f"{name}: it does not follow from the step before (or it was opened just now)"
        lives[case] = said["seq"], said["to"]
        if stands and stands != [said["to"], str(said["office"]), said["due"]]:
            yield f"{name}: its case stands elsewhere: {', '.join(stands)}"


def witness(source: Source, key: str, state: str) -> int:
    """Keep the newest head. Raises Wrong where it does not continue the one that was kept."""
    note = source.text("checkpoint")
    size, root = read_note(note, key)
    if os.path.exists(state):
        with open(state, encoding="utf-8") as file:
            kept = file.read()
        old, old_root = read_note(kept, key)
        if size < old:
            raise Wrong(f"the record is shorter than it was: {size} leaves, not {old}")
        if source.is_far:
            proof = json.loads(source.text(f"consistency/{old}-{size}"))
            path = [_octets(one) for one in proof["path"]]
            if not is_consistent(old, size, old_root, root, path):
                raise Wrong(f"the first {old} leaves are not those that were there before")
        elif found := next(check(source, key, kept), ""):
            raise Wrong(found)
    with open(f"{state}.new", "w", encoding="utf-8") as file:
        file.write(note)
    os.replace(f"{state}.new", state)
    return size


def prove(proof: dict[str, Any], key: str) -> str:
    """The step in a proof. Raises Wrong unless a signed head holds it."""
    size, root = read_note(proof["checkpoint"], key)
    entry, index = str(proof["entry"]), int(proof["index"])
    path = [_octets(one) for one in proof["path"]]
    if not is_included(leaf_hash(entry.encode()), index, size, path, root):
        raise Wrong("this step is not in the record")
    return entry


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of} leaves" + ("\n" if done == of else ""))


def _key_of(source: Source) -> str:
    key = source.text("key")
    sys.stderr.write(
        f"No --key: the record's own word is taken. Next time say --key '{key.strip()}'\n"
    )
    return key


def _run(told: argparse.Namespace) -> int:
    if told.command == "proof":
        with open(told.source, encoding="utf-8") as file:
            proof = json.load(file)
        print(prove(proof, told.key or proof["key"]))
        return 0
    source = Source(told.source, getattr(told, "save", None))
    key = told.key or _key_of(source)
    if told.command == "witness":
        print(f"{witness(source, key, told.state)} leaves; they continue what was there before")
        return 0
    kept = ""
    if told.kept:
        with open(told.kept, encoding="utf-8") as file:
            kept = file.read()
    found = list(check(source, key, kept))
    for line in found[:SHOWN]:
        print(line)
    print(f"{len(found)} places are wrong" if found else "the record is whole")
    return 1 if found else 0


def main(words: Sequence[str] | None = None) -> int:
    """From the command line."""
    formatter = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("check", "witness", "proof"):
        command = commands.add_parser(name)
        command.add_argument("source", help="the record, or the file of a proof")
        command.add_argument("--key", help="its public key, from a place that you trust")
        if name == "check":
            command.add_argument("--kept", help="a head (checkpoint) that you have kept")
            command.add_argument("--save", help="keep everything that is read in this folder")
        if name == "witness":
            command.add_argument("--state", required=True, help="where the last head is kept")
    try:
        return _run(parser.parse_args(words))
    except Wrong as problem:
        print(problem)
        return 1
    except (OSError, ValueError, KeyError) as problem:
        print(f"it could not be read: {problem!r}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
