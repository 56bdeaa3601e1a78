"""The private letter that recognises good work (domain.md A66, D5). Restricted; never part of a page."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition
from wagtail.models import Page

from learning.events.states import StateField
from learning.letters.states import (
    BEFORE_APPROVAL,
    BEFORE_SENDING,
    SHARED,
    WITH_THE_WORKER,
    LetterState,
)
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission

PERSON = settings.AUTH_USER_MODEL


class GoodPracticeLetterQuerySet(models.QuerySet["GoodPracticeLetter"]):
    """The only way to letters is through `visible_to`."""

    def visible_to(self, user: Any) -> "GoodPracticeLetterQuerySet":
        """Domain.md E7: the worker and their line manager once it is sent; the QA office and whoever writes
        it, unless it is about themselves; editors, who write the page without names, while the worker's
        consent stands. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        may = Q(worker=user)
        if user.has_role(Role.LINE_MANAGER):
            may |= Q(worker__line_manager=user)
        may &= Q(state__in=WITH_THE_WORKER)
        if user.has_role(Role.EDITOR):
            may |= Q(state__in=SHARED)
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER):
            may |= ~Q(worker=user)
        if user.has_role(Role.SENIOR_MANAGER):
            may |= Q(writer=user) & ~Q(worker=user)
        return self.filter(may)


class GoodPracticeLetter(FSMModelMixin, models.Model):
    """One letter to one worker: who nominated the work, its four parts, and what the worker said to sharing."""

    PARTS: ClassVar[dict[str, str]] = {
        "what_you_did": "What you did",
        "what_was_experienced": "What the child and family experienced",
        "what_others_can_learn": "What others can learn",
        "thanks": "Thank you",
    }

    ref = models.SlugField("reference", max_length=40, unique=True, editable=False)
    cycle = models.ForeignKey(AuditCycle, on_delete=models.PROTECT, related_name="letters")
    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.PROTECT, related_name="letters"
    )
    worker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="letters")
    what_was_done = models.TextField("what was done")
    difference_made = models.TextField("the difference it made")
    nominated_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField(default=timezone.now, editable=False)
    writer = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what_you_did = models.TextField(blank=True)
    what_was_experienced = models.TextField("what the child and family experienced", blank=True)
    what_others_can_learn = models.TextField(blank=True)
    thanks = models.TextField("thank you", blank=True)
    approved_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    page = models.OneToOneField(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    state = StateField(choices=LetterState.choices, default=LetterState.NOMINATED)

    objects = GoodPracticeLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-ref"]
        verbose_name = "good-practice letter"
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=~Q(state=LetterState.SET_ASIDE),
                name="one_letter_an_audit",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=models.F("writer")) & ~Q(approved_by=models.F("worker"))),
                name="letter_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(writer__isnull=True) | ~Q(writer=models.F("worker")),
                name="letter_written_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_THE_WORKER)
                | Q(sent_at__isnull=False, approved_by__isnull=False),
                name="sent_letter_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("letters:show", args=[self.ref])

    @property
    def is_with_worker(self) -> bool:
        return self.state in WITH_THE_WORKER

    @property
    def has_consent(self) -> bool:
        return self.state in SHARED

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Heading and words of each part that is written."""
        words = [(heading, getattr(self, name)) for name, heading in self.PARTS.items()]
        return [(label, text) for label, text in words if text]

    @transition(state, source=BEFORE_APPROVAL, target=LetterState.DRAFTED)
    def draft(self) -> None:
        """Its four parts are written; they may change until somebody else approves them."""

    @transition(state, source=LetterState.DRAFTED, target=LetterState.APPROVED)
    def approve(self, approver: Any) -> None:
        self.approved_by = approver

    @transition(state, source=LetterState.APPROVED, target=LetterState.SENT)
    def send(self) -> None:
        self.sent_at = timezone.now()

    @transition(state, source=LetterState.APPROVED, target=LetterState.DRAFTED)
    def send_back(self) -> None:
        """Its words may change again, and have to be approved anew."""
        self.approved_by = None

    @transition(state, source=BEFORE_SENDING, target=LetterState.SET_ASIDE)
    def set_aside(self) -> None:
        """No letter comes of the nomination."""

    @transition(
        state, source=[LetterState.SENT, LetterState.DECLINED], target=LetterState.CONSENTED
    )
    def give_consent(self) -> None:
        """The worker lets it be rewritten without names and shared."""

    @transition(state, source=LetterState.SENT, target=LetterState.DECLINED)
    def decline(self) -> None:
        """The worker keeps it private."""

    @transition(state, source=LetterState.CONSENTED, target=LetterState.ANONYMISED)
    def begin_page(self, page: Page) -> None:
        self.page = page

    @transition(state, source=SHARED, target=LetterState.WITHDRAWN)
    def withdraw_consent(self) -> None:
        """The worker takes the consent back; no page of this letter is published again."""
