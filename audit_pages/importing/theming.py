"""Editors confirm or turn down suggested themes, many at once: check → change → record → announce."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from audit_pages.importing.models import DismissedTheme, ThemeTag
from audit_pages.importing.permissions import user_can_import
from audit_pages.publishing.receivers import announce
from learning.events.models import Event
from learning.vocabulary.models import Theme

MOST_THEMES = 4
"""A text has one to four (domain.md C5)."""


class MayNotTheme(PermissionDenied):
    """This person does not decide on themes."""


def _require_editor(by: Any) -> None:
    if not user_can_import(by):
        raise MayNotTheme("Editors and lead managers QA decide on suggested themes.")


@transaction.atomic
def confirm_themes(*, tag_ids: Iterable[int], by: Any) -> int:
    """How many suggestions became the pages' own themes."""
    _require_editor(by)
    tags = list(ThemeTag.objects.select_for_update().filter(pk__in=tag_ids, is_confirmed=False))
    ThemeTag.objects.filter(pk__in=[tag.pk for tag in tags]).update(
        is_confirmed=True, confirmed_by=by, confirmed_at=timezone.now()
    )
    _tell(tags, "theme.confirmed", by)
    return len(tags)


@transaction.atomic
def dismiss_themes(*, tag_ids: Iterable[int], by: Any) -> int:
    """How many themes were taken off their pages, suggested or confirmed; they do not come back."""
    _require_editor(by)
    tags = list(ThemeTag.objects.select_for_update().filter(pk__in=tag_ids))
    DismissedTheme.objects.bulk_create(
        [DismissedTheme(page_id=t.page_id, theme_id=t.theme_id, dismissed_by=by) for t in tags],
        ignore_conflicts=True,
    )
    ThemeTag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    _tell(tags, "theme.dismissed", by)
    return len(tags)


@dataclass(frozen=True)
class Added:
    """How many findings got the theme, had it already, or have as many as a text may have."""

    added: int
    had: int
    full: int


@transaction.atomic
def add_theme(*, page_ids: Iterable[int], theme: Theme, by: Any) -> Added:
    """A theme that was not suggested (or was turned down once) becomes the findings' own. It is
    confirmed at once: an editor chose it."""
    _require_editor(by)
    asked = set(page_ids)
    confirmed = ThemeTag.objects.select_for_update().filter(page_id__in=asked, is_confirmed=True)
    themes_of: dict[int, set[int]] = {}
    for page_id, theme_id in confirmed.values_list("page_id", "theme_id"):
        themes_of.setdefault(page_id, set()).add(theme_id)
    had = {page_id for page_id, themes in themes_of.items() if theme.pk in themes}
    full = {pk for pk, themes in themes_of.items() if len(themes) >= MOST_THEMES} - had
    wanted = asked - had - full
    _give(wanted, theme, by)
    return Added(len(wanted), len(had), len(full))


def _give(page_ids: set[int], theme: Theme, by: Any) -> None:
    said = {"is_confirmed": True, "confirmed_by": by, "confirmed_at": timezone.now()}
    tags = ThemeTag.objects.filter(page_id__in=page_ids, theme=theme)
    tags.update(**said)
    missing = page_ids - set(tags.values_list("page_id", flat=True))
    ThemeTag.objects.bulk_create(
        [ThemeTag(page_id=page_id, theme=theme, **said) for page_id in sorted(missing)]
    )
    DismissedTheme.objects.filter(page_id__in=page_ids, theme=theme).delete()
    _tell(list(tags), "theme.added", by)


@transaction.atomic
def suggest_again(*, dismissed_ids: Iterable[int], by: Any) -> int:
    """How many themes that were turned down are suggestions once more."""
    _require_editor(by)
    dismissed = list(DismissedTheme.objects.select_for_update().filter(pk__in=dismissed_ids))
    ThemeTag.objects.bulk_create(
        [ThemeTag(page_id=d.page_id, theme_id=d.theme_id) for d in dismissed],
        ignore_conflicts=True,
    )
    DismissedTheme.objects.filter(pk__in=[d.pk for d in dismissed]).delete()
    _tell(dismissed, "theme.suggested_again", by)
    return len(dismissed)


def _tell(entries: list[Any], action: str, by: Any) -> None:
    page_ids = sorted({entry.page_id for entry in entries})
    Event.objects.bulk_create(
        Event(
            actor_id=by.pk,
            action=action,
            object_type=Page._meta.label_lower,
            object_id=str(page_id),
        )
        for page_id in page_ids
    )
    announce(page_ids)
