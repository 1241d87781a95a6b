"""The editors' password: a hash to keep in the settings, and the check of what somebody types.

`python -m pages.parts.password` asks for a password and prints its hash. No Streamlit.
"""

from __future__ import annotations

import base64
import binascii
import getpass
import hashlib
import hmac
import secrets
import sys

_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
_SALT_BYTES = 16
_NAME = "scrypt"


def hashed(password: str) -> str:
    """"scrypt$salt$key", both in base 64."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return "$".join((_NAME, _text(salt), _text(_key(password, salt))))


def fits(password: str, password_hash: str) -> bool:
    """False as well for a hash that is not one of ours."""
    try:
        name, salt, key = password_hash.split("$")
        expected, salted = base64.b64decode(key, validate=True), base64.b64decode(salt, validate=True)
    except (ValueError, binascii.Error):
        return False
    return name == _NAME and hmac.compare_digest(_key(password, salted), expected)


def _key(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8"), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


if __name__ == "__main__":
    sys.stdout.write(hashed(getpass.getpass()) + "\n")
