"""Asking the matrix: whether somebody's roles give a right, and views that ask before anything else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from learning.access.matrix import Right

View = Callable[..., HttpResponse]


def holds(user: Any, right: Right) -> bool:
    """Whether one of the person's roles gives this right. Being a superuser gives none."""
    return user.is_authenticated and user.has_role(*right.value.roles)


def needs(right: Right) -> Callable[[View], View]:
    """A view that only those open whose roles give the right; others get the page that says so (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not holds(request.user, right):
                raise PermissionDenied(right.value.words)
            return view(request, *args, **kwargs)

        return asking

    return decorate
