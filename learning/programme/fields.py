"""Fields of this room's forms: colleagues by name, a timetable by lines."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from learning.people.models import StaffMember

_LINE = re.compile(r"(\d{1,2}[:.]\d{2})\s*(?:to|[-–—])\s*(\d{1,2}[:.]\d{2})\s+(.{1,200})")


def staff() -> QuerySet[StaffMember]:
    """Everybody who may be chosen."""
    return StaffMember.objects.filter(is_active=True)


def find_person(words: str) -> StaffMember:
    """The one colleague of this name or e-mail address; `ValidationError` when there is none, or more."""
    named = staff().annotate(full_name=Concat("first_name", Value(" "), "last_name"))
    found = list(named.filter(Q(email__iexact=words) | Q(full_name__iexact=words))[:2])
    if not found:
        raise ValidationError(
            f"Nobody here is called “{words}”. Check the spelling, or give the e-mail address."
        )
    if len(found) > 1:
        raise ValidationError(f"More than one person is called “{words}”. Give the e-mail address.")
    return found[0]


class PersonField(forms.CharField):
    """One colleague, by full name or e-mail address."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        return find_person(words) if words else None


class PeopleField(forms.CharField):
    """Colleagues, one name or e-mail address a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(find_person(line) for line in lines if line))


Entry = tuple[time, time, str]


class TimetableField(forms.CharField):
    """A day's timetable, one line each: `09:00 – 09:30 Welcome`."""

    widget = forms.Textarea(attrs={"rows": 12})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return sorted(_entry(line) for line in lines if line)


def _entry(line: str) -> Entry:
    """The line as (from, to, what). Raises `ValidationError` with the line in it."""
    match = _LINE.fullmatch(line)
    try:
        starts_at, ends_at = (time.fromisoformat(_padded(match[n])) for n in (1, 2))  # type: ignore[index]
    except (TypeError, ValueError):
        raise ValidationError(
            f"“{line[:60]}” cannot be read. Write it like this: 09:00 – 09:30 Welcome"
        ) from None
    if ends_at <= starts_at:
        raise ValidationError(f"“{line[:60]}” ends before it begins.")
    assert match is not None
    return starts_at, ends_at, match[3].strip()


def _padded(clock: str) -> str:
    return clock.replace(".", ":").rjust(5, "0")


def as_lines(entries: Any) -> str:
    """A timetable as `TimetableField` reads it."""
    return "\n".join(f"{e.starts_at:%H:%M} – {e.ends_at:%H:%M} {e.words}" for e in entries)
