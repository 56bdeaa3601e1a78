"""Where a thing stands in its state machine (domain.md E)."""

from collections.abc import Sequence
from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """The state of a thing: never assigned, only changed by its transitions (see `steps`).

    To migrations it is the plain column of text that the database holds: a state machine of its own for each
    historical model made a new portal take twice as long to set up.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"protected": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        del kwargs["protected"]
        return name, "django.db.models.CharField", args, kwargs
