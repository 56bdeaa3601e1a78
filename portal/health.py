"""Whether the portal can do its work, and for those who run the learning, how far search is behind."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from learning.people.roles import Role
from search.rebuilding.health import backlog


@login_not_required
def show(request: HttpRequest) -> JsonResponse:
    """200 and `{"status": "ok"}` when the database answers; 503 when it does not.

    A lead manager also sees how many pages wait for the index, are parked, and for how long: numbers only.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "ok", **_for_leads(request.user)})
    except DatabaseError:
        return JsonResponse({"status": "database away"}, status=503)


def _for_leads(user: Any) -> dict[str, Any]:
    if not user.is_authenticated or not user.has_role(Role.LEAD_QA):
        return {}
    return {"search": asdict(backlog())}
