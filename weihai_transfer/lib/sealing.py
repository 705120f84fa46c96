"""Sealing of personal fields (design 7): AES-256-GCM or SM4-GCM, and blind indexes by HMAC.

A sealed value is `cipher id (1 byte) | nonce (12) | ciphertext and tag`. The row's id and the
field's name are bound as associated data, so a value cannot be moved to another row or field,
while the live row, its staged row and its history rows share one ciphertext.
"""

import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from weihai_transfer.lib import keys

AES, SM4 = 1, 2
CIPHERS = {"aes": AES, "sm4": SM4}
NONCE = 12
TAG = 16


@cache
def _aes():
    return AESGCM(keys.key("data"))


@cache
def _sm4_key():
    return hashlib.sha256(b"sm4" + keys.key("data")).digest()[:16]


@cache
def _cipher_for_new_values():
    return CIPHERS[os.environ.get("WEIHAI_CIPHER", "aes")]


def seal(text, bound_to):
    """Seal `text`; `bound_to` are the bytes of row id and field name. Empty text stays empty bytes."""
    if not text:
        return b""
    return seal_bytes(text.encode(), bound_to)


def seal_bytes(data, bound_to):
    nonce = os.urandom(NONCE)
    if _cipher_for_new_values() == AES:
        return b"\x01" + nonce + _aes().encrypt(nonce, data, bound_to)
    encryptor = Cipher(algorithms.SM4(_sm4_key()), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound_to)
    return b"\x02" + nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def unseal(sealed, bound_to):
    return unseal_bytes(sealed, bound_to).decode() if sealed else ""


def unseal_bytes(sealed, bound_to):
    """The sealed bytes in the clear. Raises cryptography's InvalidTag when value, row or field do not belong together."""
    sealed = bytes(sealed)
    nonce, body = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    if sealed[0] == AES:
        return _aes().decrypt(nonce, body, bound_to)
    decryptor = Cipher(algorithms.SM4(_sm4_key()), modes.GCM(nonce, body[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(bound_to)
    return decryptor.update(body[:-TAG]) + decryptor.finalize()


@cache
def _index_key(purpose):
    return keys.key("index") + purpose.encode()


def blind_index(purpose, text):
    """A keyed digest for exact search, 24 characters; '' for ''. `purpose` keeps indexes apart from each other."""
    return hmac.digest(_index_key(purpose), text.encode(), "sha256")[:12].hex() if text else ""
