"""What children, parents and carers say after the audit days (domain.md A53–A56, D2).

Restricted more than anything else in an audit: verbatim words are read by the pair, the lead and QA
officers only (domain.md E7). The worker gets main points, themes and agreed quotes, in the submission.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.events.states import StateField
from learning.feedback.states import (
    BEING_TRIED,
    HEARD,
    MAY_BE_CHECKED,
    SETTLED,
    AskedPerson,
    FeedbackState,
    SharedView,
)
from learning.people.models import cannot_sign_in
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission
from learning.vocabulary.models import Theme

PERSON = settings.AUTH_USER_MODEL


def audits_open_to(user: Any) -> models.QuerySet[AuditSubmission]:
    """The audits of which this person may read what families said: the pair's own while its reading
    lasts, all for leads and QA officers, and never one about one's own work."""
    if not user.is_authenticated:
        return AuditSubmission.objects.none()
    if user.has_role(Role.LEAD_QA, Role.QA_OFFICER):
        return AuditSubmission.objects.exclude(case__worker=user)
    own = AuditSubmission.objects.visible_to(user).written_by(user)
    return own.exclude(case__worker=user)


class FamilyFeedbackQuerySet(models.QuerySet["FamilyFeedback"]):
    """The only way to what families said is through `visible_to`."""

    def visible_to(self, user: Any) -> "FamilyFeedbackQuerySet":
        """Domain.md E7, row “Family feedback (verbatim)”. Being a superuser opens nothing."""
        return self.filter(submission__in=audits_open_to(user).values("pk"))

    def to_check_by(self, user: Any) -> "FamilyFeedbackQuerySet":
        """Those of whom this person may say whether contact is safe: as the worker or the worker's
        manager; as the lead where neither of them can sign in. It opens the question, not the answers."""
        if not user.is_authenticated:
            return self.none()
        case = "submission__case__"
        is_worker = models.Q(**{f"{case}worker": user})
        is_manager = models.Q(**{f"{case}worker__line_manager": user})
        is_lead = models.Q(**{f"{case}cycle__lead": user}) | models.Q(
            **{f"{case}cycle__deputy": user}
        )
        nobody_else = cannot_sign_in(f"{case}worker") & cannot_sign_in(
            f"{case}worker__line_manager"
        )
        of_pair = AuditSubmission.objects.written_by(user).values("pk")
        return self.filter(is_worker | is_manager | (is_lead & nobody_else)).exclude(
            submission__in=of_pair
        )

    def unsettled(self) -> "FamilyFeedbackQuerySet":
        """Neither in the audit nor ended for a reason."""
        return self.exclude(state__in=SETTLED)


class FamilyFeedback(FSMModelMixin, models.Model):
    """One person of the family, or of the home, who is asked about one case."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.PROTECT, related_name="family_feedback"
    )
    asked = models.CharField("who is asked", max_length=30, choices=AskedPerson.choices)
    relation = models.CharField(
        "in one word or two",
        max_length=60,
        blank=True,
        help_text="Mother, father, older sister, key worker. Never a name.",
    )
    due_date = models.DateField("to be done by")
    state = StateField(choices=FeedbackState.choices, default=FeedbackState.DUE)
    led_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    consent = models.CharField("who agreed, and how", max_length=300, blank=True)
    consent_on = models.DateField("when they agreed", null=True, blank=True)
    support = models.CharField("interpreter or other help", max_length=300, blank=True)
    question_set_title = models.CharField(max_length=255, blank=True, editable=False)
    question_set_revision = models.BigIntegerField(
        null=True, editable=False, help_text="Kept without a key: revisions may be purged."
    )
    happened_on = models.DateField("when they were met, or wrote", null=True, blank=True)
    noticed = models.TextField("what you noticed", blank=True)
    main_points = models.TextField("main points", blank=True)
    agrees = models.TextField("where they see it as the audit does", blank=True)
    differs = models.TextField("where they see it differently", blank=True)
    harm_passed_on = models.BooleanField(
        "something about harm was said, and it went by the safeguarding route", default=False
    )
    outcome_reason = models.CharField("why", max_length=300, blank=True)
    invited_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    incorporated_at = models.DateTimeField(null=True, editable=False)

    objects = FamilyFeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["submission_id", "pk"]
        verbose_name_plural = "family feedback"

    def __str__(self) -> str:
        return f"{self.submission}, {self.who.lower()}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:show", args=[self.submission.case.ref, self.pk])

    @property
    def who(self) -> str:
        """Who it is, in words: `Parent or carer (mother)`."""
        label = self.get_asked_display()
        return f"{label} ({self.relation})" if self.relation else label

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def is_overdue(self) -> bool:
        return not self.is_settled and self.due_date < timezone.localdate()

    @transition(state, source=FeedbackState.DUE, target=FeedbackState.SAFETY_CHECKED)
    def find_safe(self) -> None:
        """The worker or the manager says that contact is safe, and how."""

    @transition(state, source=MAY_BE_CHECKED, target=FeedbackState.NOT_SAFE)
    def find_unsafe(self) -> None:
        """It ends here: nobody is put at risk for an audit."""
        self.settled_at = timezone.now()

    @transition(state, source=FeedbackState.SAFETY_CHECKED, target=FeedbackState.INVITED)
    def invite(self) -> None:
        """They were reached, and agreed."""
        self.invited_at = timezone.now()

    @transition(state, source=FeedbackState.INVITED, target=FeedbackState.HELD)
    def meet(self, happened_on: date) -> None:
        self.happened_on = happened_on

    @transition(state, source=FeedbackState.INVITED, target=FeedbackState.WRITTEN)
    def receive_words(self, happened_on: date) -> None:
        self.happened_on = happened_on

    @transition(state, source=[*BEING_TRIED, *HEARD], target=FeedbackState.DECLINED)
    def decline(self) -> None:
        """They did not want to, or no longer: what they had said goes."""
        self.noticed = self.main_points = self.agrees = self.differs = ""
        self.settled_at = timezone.now()

    @transition(state, source=BEING_TRIED, target=FeedbackState.NOT_REACHED)
    def give_up(self) -> None:
        """After as many tries as the service has set."""
        self.settled_at = timezone.now()

    @transition(state, source=MAY_BE_CHECKED, target=FeedbackState.NOT_APPROPRIATE)
    def set_aside(self) -> None:
        """It would not be right to ask now, for a reason."""
        self.settled_at = timezone.now()

    @transition(
        state,
        source=[FeedbackState.HELD, FeedbackState.WRITTEN],
        target=FeedbackState.WRITTEN_UP,
    )
    def write_up(self) -> None:
        """The notes are whole, and stand beside the auditors' view."""

    @transition(state, source=FeedbackState.WRITTEN_UP, target=FeedbackState.INCORPORATED)
    def incorporate(self) -> None:
        self.settled_at = self.incorporated_at = timezone.now()


class SafetyCheck(models.Model):
    """What the worker or the manager answers before anybody is contacted (domain.md D2). Append-only."""

    feedback = models.ForeignKey(
        FamilyFeedback, on_delete=models.CASCADE, related_name="safety_checks"
    )
    domestic_abuse = models.TextField("domestic abuse")
    bail = models.TextField("bail and other conditions")
    address = models.TextField("confidential address")
    distress = models.TextField("distress")
    court = models.TextField("court")
    is_safe = models.BooleanField("contact is safe")
    how = models.TextField("how to make contact", blank=True)
    checked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["feedback_id", "-pk"]

    def __str__(self) -> str:
        return f"Safety check of {self.feedback}"


class ContactTry(models.Model):
    """One day on which the pair tried to reach them. Append-only."""

    class Way(models.TextChoices):
        TELEPHONE = "telephone", "Telephone"
        MESSAGE = "message", "Message or letter"
        VISIT = "visit", "Visit"
        THROUGH_SOMEBODY = "through_somebody", "Through somebody whom they trust"

    feedback = models.ForeignKey(FamilyFeedback, on_delete=models.CASCADE, related_name="tries")
    tried_on = models.DateField("day")
    way = models.CharField("how", max_length=20, choices=Way.choices)
    tried_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["feedback_id", "tried_on"]
        verbose_name_plural = "contact tries"
        constraints = [
            models.UniqueConstraint(fields=["feedback", "tried_on"], name="one_try_a_day")
        ]

    def __str__(self) -> str:
        return f"Try {self.pk}"


class FeedbackAnswer(models.Model):
    """One question in the wording that was asked, and what was said. Fixed once it is in the audit."""

    feedback = models.ForeignKey(FamilyFeedback, on_delete=models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField()
    question = models.TextField()
    words = models.TextField("their words", blank=True)

    class Meta:
        ordering = ["feedback_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "order"], name="feedback_answer_once")
        ]

    def __str__(self) -> str:
        return f"Answer {self.order} of {self.feedback_id}"


class FeedbackTheme(models.Model):
    """A theme that they raised, and how it stands to the auditors' view."""

    feedback = models.ForeignKey(FamilyFeedback, on_delete=models.CASCADE, related_name="raised")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=20, choices=SharedView.choices)

    class Meta:
        ordering = ["feedback_id", "theme__code"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "theme"], name="feedback_theme_once")
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.get_view_display()}"


class AgreedQuote(models.Model):
    """Words that they agreed may be used, without names, to help staff learn. They may take it back."""

    feedback = models.ForeignKey(FamilyFeedback, on_delete=models.CASCADE, related_name="quotes")
    words = models.TextField("their words")
    agreed_on = models.DateField("when they agreed")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["feedback_id", "pk"]

    def __str__(self) -> str:
        return f"Quote {self.pk}"
