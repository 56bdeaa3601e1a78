"""Signing in: who may, and for how long."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class StaffBackend(ModelBackend):
    """Refuses people before their first and after their last day, running sessions included."""

    def user_can_authenticate(self, user: Any) -> bool:
        return user is not None and user.may_sign_in


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the audit administrator; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def address_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address that somebody tries to sign in with: what failures are counted by."""
    tried = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(tried).strip().lower()
