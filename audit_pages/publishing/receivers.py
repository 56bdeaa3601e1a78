"""Wagtail's and Django's news, translated into one: these pages' records changed."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from audit_pages.publishing.records import record_changed
from learning.vocabulary.models import AreaOfWork, GlossaryTerm, Theme


def announce(page_ids: Iterable[int]) -> None:
    """Tell every reader of records, within the transaction that made the change."""
    ids = list(page_ids)
    if ids:
        record_changed.send(sender=Page, page_ids=ids)


def _below(page: Page) -> list[int]:
    return list(page.get_descendants(inclusive=True).values_list("pk", flat=True))


def _page_changed(instance: Page, **kwargs: Any) -> None:
    announce([instance.pk])


def _tree_changed(instance: Page, **kwargs: Any) -> None:
    announce(_below(instance))


def _privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    announce(_below(instance.page))


def _privacy_groups_changed(instance: Any, **kwargs: Any) -> None:
    restrictions = [instance] if isinstance(instance, PageViewRestriction) else ()
    for restriction in restrictions or PageViewRestriction.objects.filter(groups=instance):
        _privacy_changed(restriction)


def _group_goes(instance: Group, **kwargs: Any) -> None:
    _privacy_groups_changed(instance)


def _theme_changed(instance: Theme, **kwargs: Any) -> None:
    from audit_pages.pages.themes import page_ids_with_theme, retitle_page_of

    retitle_page_of(instance)
    announce(page_ids_with_theme(instance))


def _area_changed(instance: AreaOfWork, **kwargs: Any) -> None:
    from audit_pages.pages.findings import page_ids_with_area

    announce(page_ids_with_area(instance))


def _glossary_changed(instance: GlossaryTerm, **kwargs: Any) -> None:
    from audit_pages.pages.guidance import GlossaryPage

    announce(GlossaryPage.objects.live().values_list("pk", flat=True))


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_page_changed, dispatch_uid="record_published")
    page_unpublished.connect(_page_changed, dispatch_uid="record_unpublished")
    post_page_move.connect(_tree_changed, dispatch_uid="record_moved")
    page_slug_changed.connect(_tree_changed, dispatch_uid="record_slug")
    post_save.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="record_private")
    post_delete.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="record_open")
    m2m_changed.connect(
        _privacy_groups_changed,
        sender=PageViewRestriction.groups.through,
        dispatch_uid="record_groups",
    )
    pre_delete.connect(_group_goes, sender=Group, dispatch_uid="record_group_goes")
    post_save.connect(_theme_changed, sender=Theme, dispatch_uid="record_theme")
    post_save.connect(_area_changed, sender=AreaOfWork, dispatch_uid="record_area")
    post_save.connect(_glossary_changed, sender=GlossaryTerm, dispatch_uid="record_term")
    post_delete.connect(_glossary_changed, sender=GlossaryTerm, dispatch_uid="record_term_gone")
    post_delete.connect(_deleted, dispatch_uid="record_deleted")


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        announce([instance.pk])
