"""Steps that make text public: check → approve → publish → announce."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from audit_pages.publishing.disclosure import require_disclosure_check
from audit_pages.publishing.models import (
    Approval,
    NotApproved,
    OwnWorkNotApproved,
    digest_of,
    writers_since_last_approval,
)
from learning.events.services import record_event
from learning.letters.consent import what_holds_page


@transaction.atomic
def approve_revision(*, revision: Revision, approved_by: Any, route: Approval.Route) -> Approval:
    """The approval of this revision. Raises `OwnWorkNotApproved` when the approver wrote on it."""
    page = Page.objects.select_for_update().get(pk=revision.object_id)
    if approved_by is not None and approved_by.pk in writers_since_last_approval(page):
        raise OwnWorkNotApproved("You wrote on this page, so somebody else needs to approve it.")
    approval, _ = Approval.objects.update_or_create(
        revision=revision,
        defaults={
            "page": page,
            "content_digest": digest_of(revision),
            "approved_by": approved_by,
            "route": route,
        },
    )
    record_event(actor=approved_by, action="page.approved", about=page)
    return approval


@transaction.atomic
def approve_and_publish(*, page: Page, approved_by: Any, route: Approval.Route) -> Page:
    """The page, live with its latest revision, approved by this second person."""
    revision = page.get_latest_revision()
    approve_revision(revision=revision, approved_by=approved_by, route=route)
    revision.publish(user=approved_by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


@transaction.atomic
def publish_approved(*, workflow_state: WorkflowState, approved_by: Any) -> None:
    """Publishes the very revision that the last step approved.

    Raises `NotApproved` when somebody wrote a newer one meanwhile: it has to be read again.
    """
    task_state = workflow_state.current_task_state
    latest = workflow_state.content_object.get_latest_revision()
    if task_state is None or task_state.revision_id != latest.pk:
        raise NotApproved("The page was changed while it was being approved. Please read it again.")
    approve_revision(revision=latest, approved_by=approved_by, route=Approval.Route.WORKFLOW)
    latest.publish(user=approved_by, skip_permission_checks=True)


def require_approval(revision: Revision) -> None:
    """Raises `NotApproved` unless a second person approved exactly this revision's words, and somebody
    checked that nobody can be known by them, where that is needed. A letter needs its worker's consent."""
    approval = Approval.objects.filter(revision_id=revision.pk).first()
    if approval is None or approval.content_digest != digest_of(revision):
        raise NotApproved(
            "Nobody but its writers has read this text yet. Submit it for approval: a second person "
            "publishes it."
        )
    require_disclosure_check(revision, published_by_id=approval.approved_by_id)
    _require_consent(revision)


def _require_consent(revision: Revision) -> None:
    """Raises `NotApproved` for the page of a letter whose worker has not agreed, or whose time is to come."""
    page = revision.as_object()
    first_moment = max(timezone.now(), page.go_live_at or timezone.now())
    work_began = getattr(page, "work_began", None)
    sentence = what_holds_page(page.pk, timezone.localdate(first_moment), work_began)
    if sentence:
        raise NotApproved(sentence)
