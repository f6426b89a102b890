"""Sealing the key by a passphrase: scrypt (RFC 7914) and AES-GCM (NIST SP 800-38D).

What stands around the sealed part, the study's id among it, is authenticated with it:
a file put together from two keys does not open.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# 32 MB and about a tenth of a second: guessing by machine is slow, opening is not.
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
_MOST_COST = 2**20
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32


class WrongPassphrase(Exception):  # noqa: N818 - a person's slip, answered in words
    """The passphrase does not open the file, or what it seals was altered."""


@dataclass(frozen=True)
class Secret:
    """A key derived from a passphrase, kept in memory while the file is open."""

    derived: bytes
    salt: bytes
    cost: int = _COST

    def __repr__(self) -> str:
        """Nothing that could be written to a log by mistake."""
        return "Secret(...)"


def new_secret(passphrase: str) -> Secret:
    """A secret from a passphrase, under a salt of its own."""
    salt = os.urandom(_SALT_BYTES)
    return Secret(_derive(passphrase, salt, _COST), salt)


def secret_for(passphrase: str, sealed: Mapping[str, Any]) -> Secret:
    """The secret that a passphrase gives for what was sealed."""
    salt, cost = b64decode(sealed["salt"], validate=True), int(sealed["cost"])
    if cost > _MOST_COST or cost < 2 or cost & (cost - 1):
        raise ValueError("a cost that no key of ours has")
    return Secret(_derive(passphrase, salt, cost), salt, cost)


def seal(secret: Secret, content: bytes, beside: bytes) -> dict[str, Any]:
    """What is written in place of the content, as plain values."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(secret.derived).encrypt(nonce, content, beside)
    return {
        "method": "scrypt, AES-256-GCM",
        "salt": b64encode(secret.salt).decode(),
        "cost": secret.cost,
        "nonce": b64encode(nonce).decode(),
        "content": b64encode(sealed).decode(),
    }


def unseal(secret: Secret, sealed: Mapping[str, Any], beside: bytes) -> bytes:
    """The content again; raises WrongPassphrase where the secret does not open it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = b64decode(sealed["nonce"], validate=True)
    try:
        return AESGCM(secret.derived).decrypt(
            nonce, b64decode(sealed["content"], validate=True), beside
        )
    except InvalidTag as cause:
        raise WrongPassphrase from cause


def _derive(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    kdf = Scrypt(salt=salt, length=_KEY_BYTES, n=cost, r=_BLOCK, p=_PARALLEL)
    return kdf.derive(passphrase.encode("utf-8"))
