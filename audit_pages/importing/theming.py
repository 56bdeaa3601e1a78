"""Editors confirm or turn down suggested themes, many at once: check → change → record → announce."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from audit_pages.importing.models import DismissedTheme, ThemeTag
from audit_pages.importing.permissions import user_can_import
from audit_pages.publishing.receivers import announce
from learning.events.models import Event


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
