"""Withdrawing a page because somebody could be known by it: its words go from everywhere at once.

What stays is the page's place in the tree, without a word, so that what points at it is not broken, and
the event that says who purged it and why. The portal cannot take back what was printed or downloaded.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Comment, Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.search import index

from audit_pages.publishing.receivers import announce
from audit_pages.reading.models import Bookmark, UsefulAnswer
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event

PURGED_TITLE = "Withdrawn page"
OWN_APPS = ("audit_pages", "home")
KEPT = ("quarter", "reference", "source_label")
"""Fields that place a page and tell nothing of anybody."""


class NotPurgeable(Exception):
    """The page is a section: what stands below it has to be purged or moved first."""


def user_can_purge(user: Any) -> bool:
    """Those who withdraw pages: lead managers and information governance (domain.md E7)."""
    return user.is_superuser or user.has_role(*Right.WITHDRAW.value.roles)


@transaction.atomic
def purge_page(*, page: Page, reason: str, by: Any) -> Page:
    """The page, taken down and without words. Raises `NotPurgeable` for a section.

    `reason` is kept for ever: it must not repeat what was wrong.
    """
    if not user_can_purge(by):
        raise PermissionDenied("Only those who withdraw pages purge them.")
    return forget_page(page=page, reason=reason, by=by)


@transaction.atomic
def forget_page(*, page: Page, reason: str, by: Any) -> Page:
    """As `purge_page`, for steps that have asked already whether this person may."""
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if page.depth <= 2 or not page.is_leaf():
        raise NotPurgeable("There are pages below this one. Purge or move them first.")
    _take_down(page, by)
    _forget_pictures(page)
    _forget_what_was_written_about(page)
    _blank(page)
    _forget_traces(page)
    announce([page.pk])
    record_event(actor=by, action="page.purged", about=page, reason=reason)
    record_access(user=by, action=AccessEvent.Action.CHANGED, about=page)
    return page


def _take_down(page: Page, by: Any) -> None:
    for state in WorkflowState.objects.for_instance(page):
        if state.status in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES):
            state.cancel(user=by)
    if page.live:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
        page.refresh_from_db()


def _forget_pictures(page: Page) -> None:
    """Sizes of pictures that no other page uses; the originals stay with those who keep files."""
    references = ReferenceIndex.get_references_for_object(page)
    image_model = get_image_model()
    images = image_model.objects.filter(
        pk__in=[
            r.to_object_id for r in references if r.to_content_type.model_class() is image_model
        ]
    )
    for image in images:
        users = ReferenceIndex.get_references_to(image).exclude(object_id=str(page.pk))
        if not users.exists():
            for rendition in image.renditions.all():
                rendition.delete()


def _forget_what_was_written_about(page: Page) -> None:
    """Revisions with their approvals, the workflow with its remarks, comments, previews of unsaved
    words, answers, bookmarks."""
    WorkflowState.objects.for_instance(page).delete()
    Comment.objects.filter(page=page).delete()
    FormState.objects.for_instance(page).delete()
    UsefulAnswer.objects.filter(page=page).delete()
    Bookmark.objects.filter(page=page).delete()
    Page.objects.filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    Revision.page_revisions.filter(object_id=str(page.pk)).delete()
    page.latest_revision = page.live_revision = None


def _blank(page: Page) -> None:
    for field in page._meta.concrete_fields:
        if _holds_words(field):
            setattr(page, field.name, [] if isinstance(field, StreamField) else "")
    page.title = page.draft_title = PURGED_TITLE
    page.slug = f"withdrawn-{page.pk}"
    page.seo_title = page.search_description = ""
    page.go_live_at = page.expire_at = None
    page.has_unpublished_changes = False
    page.save(clean=False)


def _holds_words(field: Any) -> bool:
    is_own = field.model._meta.app_label in OWN_APPS and field.name not in KEPT
    is_text = isinstance(field, models.TextField | models.CharField | StreamField)
    return is_own and is_text and not field.choices


def _forget_traces(page: Page) -> None:
    """Redirects from its old address, labels in Wagtail's log, its row in the desk's search."""
    Redirect.objects.filter(redirect_page=page).delete()
    PageLogEntry.objects.filter(page=page.pk).update(label=PURGED_TITLE, data={})
    for key in ("source", "page", "destination"):
        named = PageLogEntry.objects.filter(**{f"data__{key}__id": page.pk})
        named.update(data={})
    ReferenceIndex.create_or_update_for_object(page)
    index.insert_or_update_object(page)
