"""Signed heads: ours are read by the script for strangers, and nobody else's are."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from lifecycle.record import merkle, notes, verify

# RFC 8032, 7.1: public key, message, signature.
KNOWN = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)
SEEDS = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize(("public", "text", "signature"), KNOWN)
def test_the_script_knows_the_vectors_of_the_standard(
    public: str, text: str, signature: str
) -> None:
    known = [bytes.fromhex(one) for one in (public, text, signature)]

    assert verify.is_signed(*known)
    assert not verify.is_signed(known[0], known[1] + b"!", known[2])


@settings(max_examples=25)
@given(SEEDS, st.binary(max_size=200), st.integers(0, 511))
def test_the_script_agrees_with_a_library(seed: bytes, text: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(text)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8

    assert verify.is_signed(public, text, signature)
    assert not verify.is_signed(public, text, bytes(changed))


@pytest.mark.parametrize(
    ("public", "signature"),
    [(b"", b""), (b"\xff" * 32, b"\xff" * 64), (b"\x00" * 31, b"\x00" * 64), (b"\x02" * 32, b"")],
)
def test_no_key_and_no_signature_are_refused(public: bytes, signature: bytes) -> None:
    assert not verify.is_signed(public, b"text", signature)


def test_a_signature_with_a_number_that_is_too_large_is_refused() -> None:
    public, text, signature = (bytes.fromhex(one) for one in KNOWN[0])
    number = int.from_bytes(signature[32:], "little") + verify.ORDER

    larger = signature[:32] + number.to_bytes(32, "little")

    assert not verify.is_signed(public, text, larger)


def test_a_head_is_read_by_us_and_by_strangers() -> None:
    root = merkle.leaf_hash(b"one")

    note = notes.sign(7, root)

    assert (notes.read(note).size, notes.read(note).root) == (7, root)
    assert verify.read_note(note, notes.verifier_key()) == (7, root)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n7\n", "\n8\n"),
        lambda note: note.replace("\n7\n", "\n07\n"),
        lambda note: "other/" + note,
        lambda note: note.replace("\u2014 ", "\u2014 other/"),
        lambda note: note.partition("\u2014")[0],
        lambda note: note[:-6] + "AAAA=\n",
        lambda _note: "",
    ],
)
def test_a_head_that_was_changed_is_refused(change: object) -> None:
    note = notes.sign(7, merkle.leaf_hash(b"one"))
    assert callable(change)
    changed = change(note)

    with pytest.raises(notes.NoteError):
        notes.read(changed)
    with pytest.raises(verify.Wrong):
        verify.read_note(changed, notes.verifier_key())


def test_another_key_has_not_signed_it(settings: Settings) -> None:
    note, key = notes.sign(7, merkle.EMPTY), notes.verifier_key()

    settings.RECORD_SIGNING_KEY = "another"

    assert notes.verifier_key() != key
    with pytest.raises(notes.NoteError):
        notes.read(note)
    with pytest.raises(verify.Wrong):
        verify.read_note(note, notes.verifier_key())


def test_a_site_that_moves_still_reads_its_old_heads(settings: Settings) -> None:
    note = notes.sign(7, merkle.EMPTY)

    settings.RECORD_ORIGIN = "elsewhere.example/record"

    assert notes.read(note).size == 7


def test_the_key_has_the_form_that_other_verifiers_take() -> None:
    name, number, key = notes.verifier_key().split("+", 2)

    assert len(number) == 8
    assert base64.b64decode(key)[:1] == b"\x01"
    assert len(base64.b64decode(key)) == 33
    assert " " not in name
