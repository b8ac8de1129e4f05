"""Signed checkpoints: a size and a root in the text form of C2SP (signed-note, tlog-checkpoint)."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

ED25519 = b"\x01"
DASH = "\N{EM DASH}"


class NoteError(ValueError):
    """This is no checkpoint that our key has signed."""


@dataclass(frozen=True)
class Checkpoint:
    """What a note says: which record, how many leaves, and their head."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def _private() -> Ed25519PrivateKey:
    seed = hashlib.sha256(settings.RECORD_SIGNING_KEY.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public() -> bytes:
    return _private().public_key().public_bytes_raw()


def _number_of(name: str, public: bytes) -> bytes:
    """Four bytes that tell keys of the same name apart."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key() -> str:
    """The public key as verifiers of such notes take it: name, number, key."""
    name, public = settings.RECORD_ORIGIN, _public()
    key = base64.b64encode(ED25519 + public).decode()
    return f"{name}+{_number_of(name, public).hex()}+{key}"


def sign(size: int, root: bytes) -> str:
    """A note about the tree of this size."""
    name = settings.RECORD_ORIGIN
    text = str(Checkpoint(name, size, root))
    signature = _number_of(name, _public()) + _private().sign(text.encode())
    return f"{text}\n{DASH} {name} {base64.b64encode(signature).decode()}\n"


def read(note: str) -> Checkpoint:
    """What it says. Raises NoteError unless our key has signed exactly this."""
    text, _gap, signatures = note.partition("\n\n")
    text += "\n"
    try:
        origin, size, root = text.rstrip("\n").split("\n")
        said = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error) as problem:
        raise NoteError("this is no checkpoint") from problem
    lines = signatures.splitlines()
    if str(said) != text or not any(_is_ours(origin, text, line) for line in lines):
        raise NoteError("this checkpoint does not carry our signature")
    return said


def _is_ours(origin: str, text: str, line: str) -> bool:
    """By our key, under the name that the record had then: a site may move."""
    public = _public()
    try:
        dash, name, written = line.split(" ")
        signature = base64.b64decode(written, validate=True)
        if (dash, name, signature[:4]) != (DASH, origin, _number_of(origin, public)):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], text.encode())
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True
