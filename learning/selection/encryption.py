"""Text that stands encrypted in the database, so that a copy of the database alone does not tell it."""

import base64
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac


def encrypted(text: str) -> str:
    """The text under the first of `CASE_KEY_SECRETS`; another token each time."""
    return _cipher(tuple(settings.CASE_KEY_SECRETS)).encrypt(text.encode()).decode("ascii")


def decrypted(token: str) -> str:
    """The text again, under whichever secret it was encrypted. `InvalidToken` when it is none of them."""
    return _cipher(tuple(settings.CASE_KEY_SECRETS)).decrypt(token).decode()


@cache
def _cipher(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    digest = salted_hmac(
        "learning.selection.case_key", "", secret=secret, algorithm="sha256"
    ).digest()
    return base64.urlsafe_b64encode(digest)


class EncryptedField(models.TextField):
    """Text for the code, a token for the database. Nothing can be looked up by it."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypted(str(value))

    def from_db_value(self, value: Any, *args: Any) -> Any:
        return None if value is None else decrypted(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
