"""Steps on many people at once in the desk, under the same rules as the form for one person."""

from typing import Any

from django.http import HttpRequest
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from learning.events.services import record_event


class _GuardedMixin:
    """Nobody changes themselves, and only a superuser changes a superuser."""

    request: HttpRequest

    def check_perm(self, obj: Any) -> bool:
        user: Any = self.request.user
        if obj.pk == user.pk or (obj.is_superuser and not user.is_superuser):
            return False
        return super().check_perm(obj)  # type: ignore[misc]

    def get_execution_context(self) -> dict[str, Any]:
        context = super().get_execution_context()  # type: ignore[misc]
        return {**context, "user": self.request.user}


class GuardedAssignRole(_GuardedMixin, AssignRoleBulkAction):
    @classmethod
    def execute_action(cls, objects: list[Any], role: Any = None, **kwargs: Any) -> Any:
        done = super().execute_action(objects, role=role, **kwargs)
        for person in objects:
            names = sorted(person.groups.values_list("name", flat=True))
            reason = f"now: {', '.join(names) or 'none'}"
            record_event(
                actor=kwargs["user"], action="staff.roles_changed", about=person, reason=reason
            )
        return done


class GuardedSetActiveState(_GuardedMixin, SetActiveStateBulkAction):
    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> Any:
        done = super().execute_action(objects, **kwargs)
        action = "staff.let_in" if kwargs.get("mark_as_active") else "staff.shut_out"
        for person in objects:
            record_event(actor=kwargs["user"], action=action, about=person)
        return done
