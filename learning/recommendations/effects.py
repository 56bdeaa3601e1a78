"""What later audits have shown of recommendations: told by the room above that knows it (domain.md E5).

It registers here when the app is ready, so that a status speaks of impact without this room knowing of tests.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Coalesce

Effects = Callable[[], Any]

_effects: list[Effects] = []


def register_effects(effects: Effects) -> None:
    """From now on statuses follow this expression: one of a recommendation's derived statuses, or null."""
    if effects not in _effects:
        _effects.append(effects)


def effect_status() -> Any:
    """An expression over recommendations: the status that later audits give each, or nothing."""
    told = [effects() for effects in _effects]
    return Coalesce(*told, Value(""), Value(""), output_field=CharField())
