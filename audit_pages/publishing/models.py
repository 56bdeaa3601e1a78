"""The second person: who approved which revision, and the workflow step that asks for it."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, Page, PageLogEntry, Revision


class NotApproved(PermissionDenied):
    """This text has not been approved by a second person."""


class OwnWorkNotApproved(PermissionDenied):
    """Somebody tried to approve what they wrote or checked themselves."""


def digest_of(revision: Revision) -> str:
    """A fingerprint of a revision's content: an approval is of these words and no others."""
    canonical = json.dumps(revision.content, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(canonical.encode()).hexdigest()


class Approval(models.Model):
    """A second person's yes to one revision of one page (domain.md invariant 3)."""

    class Route(models.TextChoices):
        WORKFLOW = "workflow", "Workflow"
        BATCH = "batch", "Import batch"
        STARTER = "starter", "Starter content"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")
    content_digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    route = models.CharField(max_length=20, choices=Route.choices)

    class Meta:
        ordering = ["-approved_at"]

    def __str__(self) -> str:
        return f"Approval of revision {self.revision_id}"


class SecondPersonTask(AbstractGroupApprovalTask):
    """A workflow step for members of some groups who did not write what they approve."""

    class Meta:
        verbose_name = "approval by a second person"
        verbose_name_plural = "approvals by a second person"

    @classmethod
    def get_description(cls) -> str:
        return (
            "Members of the chosen groups can approve, unless they wrote or checked it themselves."
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """What this person may do here: a writer may take it back for changes, never approve."""
        actions = super().get_actions(obj, user)
        if user_can_approve(page=obj, user=user) and _is_checked(obj):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Refuses words that have to go also where no form was asked."""
        from audit_pages.publishing.submitting import refuse_what_has_to_go  # it raises NotApproved

        refuse_what_has_to_go(workflow_state.content_object.get_latest_revision_as_object())
        return super().start(workflow_state, user=user)

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuses an approval by a writer even when the request was forged (403), and the second of two who
        act on the same step at once: the step is read anew behind the lock."""
        page = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
        task_state.refresh_from_db(fields=["status"])
        if action_name == "approve":
            require_second_person(page=page, user=user, task_state=task_state)
            _require_checked(task_state.revision)
        super().on_action(task_state, user, action_name, **kwargs)


def _is_checked(page: Any) -> bool:
    """Whether the page's words had their disclosure check, where they need one."""
    try:
        _require_checked(page.get_latest_revision())
    except NotApproved:
        return False
    return True


def _require_checked(revision: Revision) -> None:
    from audit_pages.publishing.disclosure import require_checked  # it asks who wrote, up here

    require_checked(revision)


def writers_since_last_approval(page: Page) -> set[int]:
    """Ids of everybody who wrote on this page since the last approved revision that still stands.

    Taking a page down ends its approval: whoever wrote it does not bring it back alone.
    """
    last = _last_standing_approval(page)
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    writers = revisions.filter(pk__gt=last.revision_id) if last else revisions
    ids = set(writers.exclude(user=None).values_list("user_id", flat=True))
    if last and revisions.filter(pk=last.revision_id).exists():
        revised = revisions.get(pk=last.revision_id)
        if digest_of(revised) != last.content_digest and revised.user_id:
            ids.add(revised.user_id)
    elif not last and page.owner_id:
        ids.add(page.owner_id)
    return ids


def _last_standing_approval(page: Page) -> Approval | None:
    """The last approval; the one before it, when the page was taken down or ran out since."""
    approvals = list(Approval.objects.filter(page_id=page.pk).order_by("-revision_id")[:2])
    taken_down = PageLogEntry.objects.filter(
        page_id=page.pk, action__startswith="wagtail.unpublish"
    ).aggregate(at=models.Max("timestamp"))["at"]
    if approvals and taken_down and approvals[0].approved_at < taken_down:
        approvals = approvals[1:]
    return approvals[0] if approvals else None


def checkers_of(task_state: Any) -> set[int]:
    """Ids of those who approved another step of the same run: the publisher is not the checker.

    Whoever took this very step for words that were changed since takes it again.
    """
    earlier = task_state.workflow_state.task_states.filter(status="approved").exclude(
        task_id=task_state.task_id
    )
    return set(earlier.exclude(finished_by=None).values_list("finished_by_id", flat=True))


def user_can_approve(*, page: Page, user: Any) -> bool:
    """Whether this person may be the second one for the page as it stands."""
    if user.pk in writers_since_last_approval(page):
        return False
    task_state = page.current_workflow_task_state
    return task_state is None or user.pk not in checkers_of(task_state)


def require_second_person(*, page: Page, user: Any, task_state: Any) -> None:
    """Raises `OwnWorkNotApproved` for a writer, or for the checker of an earlier step."""
    if user is None or user.pk in writers_since_last_approval(page):
        raise OwnWorkNotApproved("You wrote on this page, so somebody else needs to approve it.")
    if user.pk in checkers_of(task_state):
        raise OwnWorkNotApproved(
            "You made the second check of this page, so somebody else needs to publish it."
        )
