"""Signing in and out goes into the access log."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from learning.access.models import AccessEvent
from learning.access.services import record_access


def _signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    record_access(user=user, action=AccessEvent.Action.SIGNED_IN)


def _signed_out(sender: Any, user: Any, **kwargs: Any) -> None:
    record_access(user=user, action=AccessEvent.Action.SIGNED_OUT)


def _sign_in_failed(sender: Any, **kwargs: Any) -> None:
    record_access(user=None, action=AccessEvent.Action.SIGN_IN_FAILED)


def connect() -> None:
    """Called once when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="access_signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="access_signed_out")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="access_sign_in_failed")
