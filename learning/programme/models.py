"""The year, its cycles, their two days, their team (domain.md A1–A5, A11–A20, E1)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_fsm import FSMField, FSMModelMixin, transition

from learning.events.months import add_months
from learning.programme.settings import AuditSettings
from learning.programme.states import BEFORE_THE_DAYS, STEP_WORDS, CycleState, FocusSource
from learning.vocabulary.models import Theme

PERSON = settings.AUTH_USER_MODEL
USUAL_CYCLES = 4
DAYS_OF_A_CYCLE = 2


class AuditProgramme(models.Model):
    """A calendar year of audits: four cycles, or another number with a reason (domain.md A1)."""

    year = models.PositiveSmallIntegerField(
        unique=True, error_messages={"unique": "There is a programme for this year already."}
    )
    reason_for_number = models.CharField(
        "why not four cycles", max_length=300, blank=True, help_text="Only when there are not four."
    )

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class AuditCycle(FSMModelMixin, models.Model):
    """One quarter's audit: two days, one lead, one sample."""

    programme = models.ForeignKey(AuditProgramme, on_delete=models.PROTECT, related_name="cycles")
    ref = models.SlugField(
        "reference", max_length=12, unique=True, help_text="Year and quarter: 2026-Q4."
    )
    quarter = models.CharField(max_length=7, db_index=True)
    lead = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="cycles_led")
    deputy = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="cycles_deputised"
    )
    administrator = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    it_contact = models.ForeignKey(
        PERSON,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="IT contact",
    )
    state = FSMField(choices=CycleState.choices, default=CycleState.PLANNED, protected=True)
    state_before_pause = models.CharField(max_length=30, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-ref"]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("programme:cycle", args=[self.ref])

    @cached_property
    def first_day(self) -> date | None:
        return min((day.date for day in self.days.all()), default=None)

    @property
    def draw_due_date(self) -> date | None:
        """T−35 of the first day (domain.md A5)."""
        return self._before(AuditSettings.load().draw_days_before)

    @property
    def confirm_due_date(self) -> date | None:
        """T−5: when every worker should have confirmed."""
        return self._before(AuditSettings.load().confirm_days_before)

    @property
    def is_before_the_days(self) -> bool:
        return self.state in BEFORE_THE_DAYS

    @property
    def is_over(self) -> bool:
        return self.state in (CycleState.CLOSED, CycleState.CANCELLED)

    def is_led_by(self, person: Any) -> bool:
        """Lead or deputy of this very cycle."""
        return person.pk in (self.lead_id, self.deputy_id)

    def names(self, person: Any) -> bool:
        """Whether this person leads, stands in, administers or is the IT contact here."""
        named = (self.lead_id, self.deputy_id, self.administrator_id, self.it_contact_id)
        return person.pk is not None and person.pk in named

    def _before(self, days: int) -> date | None:
        return self.first_day - timedelta(days=days) if self.first_day else None

    # What may follow what. Only `programme.services.move_cycle` calls these: it asks first what is
    # missing, and writes the event.

    @transition(state, source=CycleState.PLANNED, target=CycleState.TEAM_FORMING)
    def open_call(self) -> None:
        """All staff are asked who would like to audit."""

    @transition(state, source=CycleState.TEAM_FORMING, target=CycleState.TEAM_AGREED)
    def agree_team(self) -> None:
        """The pairs stand."""

    @transition(state, source=CycleState.TEAM_AGREED, target=CycleState.SELECTION)
    def open_selection(self) -> None:
        """The QA officer may load the frame and draw."""

    @transition(state, source=CycleState.SELECTION, target=CycleState.NOTIFIED)
    def tell_workers(self) -> None:
        """The workers of the drawn cases are told."""

    @transition(state, source=CycleState.NOTIFIED, target=CycleState.READY)
    def declare_ready(self) -> None:
        """Everybody has confirmed, or has an exception with a reason."""

    @transition(state, source=CycleState.READY, target=CycleState.IN_PROGRESS)
    def begin_days(self) -> None:
        """The first day begins: cases may be opened."""

    @transition(state, source=CycleState.IN_PROGRESS, target=CycleState.QUALITY_ASSURANCE)
    def finish_days(self) -> None:
        """Everything is submitted."""

    @transition(state, source=CycleState.QUALITY_ASSURANCE, target=CycleState.FAMILY_FEEDBACK)
    def finish_quality_assurance(self) -> None:
        """Every analysis is signed off."""

    @transition(state, source=CycleState.FAMILY_FEEDBACK, target=CycleState.REPORTING)
    def finish_family_feedback(self) -> None:
        """Families' views are in, or there is a reason why not."""

    @transition(state, source=CycleState.REPORTING, target=CycleState.WITH_BOARDS)
    def send_to_boards(self) -> None:
        """The report is signed by the lead."""

    @transition(state, source=CycleState.WITH_BOARDS, target=CycleState.LEARNING_PUBLISHED)
    def publish_learning(self) -> None:
        """The boards have considered it, and the learning is out."""

    @transition(state, source=CycleState.LEARNING_PUBLISHED, target=CycleState.CLOSED)
    def close(self) -> None:
        self.closed_at = timezone.now()

    @transition(state, source=CycleState.CLOSED, target=CycleState.LEARNING_PUBLISHED)
    def reopen(self) -> None:
        self.closed_at = None

    @transition(state, source=BEFORE_THE_DAYS, target=CycleState.POSTPONED)
    def postpone(self) -> None:
        self.state_before_pause = self.state

    @transition(state, source=CycleState.POSTPONED, target=CycleState.PLANNED)
    def resume(self) -> None:
        """Back to planning, with new dates."""

    @transition(state, source=[*BEFORE_THE_DAYS, CycleState.POSTPONED], target=CycleState.CANCELLED)
    def cancel(self) -> None:
        """Nothing further happens in this cycle."""


class AuditDay(models.Model):
    """One of the two days (domain.md A2)."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField(choices=[(1, "First day"), (2, "Second day")])
    date = models.DateField()

    class Meta:
        ordering = ["cycle_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="audit_day_number_once"),
            models.UniqueConstraint(fields=["cycle", "date"], name="audit_day_date_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.get_number_display().lower()}"


class TimetableEntry(models.Model):
    """What happens when on a day (domain.md A16)."""

    day = models.ForeignKey(AuditDay, on_delete=models.CASCADE, related_name="timetable")
    starts_at = models.TimeField("from")
    ends_at = models.TimeField("to")
    words = models.CharField("what", max_length=200)

    class Meta:
        ordering = ["day_id", "starts_at"]
        verbose_name_plural = "timetable"

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M} {self.words}"


class CountdownTask(models.Model):
    """One thing to be done before, during or after the days, by somebody named."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="countdown")
    key = models.SlugField(max_length=40)
    words = models.CharField("what", max_length=200)
    due_date = models.DateField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="countdown_tasks")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="countdown_task_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def is_a_step(self) -> bool:
        """Whether the task is a step of the cycle, and so is ticked by taking it."""
        return self.key in STEP_WORDS

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_date < timezone.localdate()


class CycleFocus(models.Model):
    """The themed supplement of a cycle, if it has one: a population and a question (domain.md A11–A13)."""

    cycle = models.OneToOneField(AuditCycle, on_delete=models.CASCADE, related_name="focus")
    source = models.CharField(max_length=30, choices=FocusSource.choices)
    source_words = models.CharField(
        "which one", max_length=300, help_text="The review, inspection or paper that it comes from."
    )
    population = models.CharField(
        max_length=200, help_text="Which children: for example, children in need."
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(help_text="What you want to learn about them.")

    class Meta:
        verbose_name_plural = "focus"

    def __str__(self) -> str:
        return f"{self.population}: {self.theme}"


class AuditorReadiness(models.Model):
    """That somebody is prepared to audit, as the lead recorded it (domain.md A75, E6)."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="readiness")
    modules_read_on = models.DateField("read the core modules", null=True, blank=True)
    briefing_attended_on = models.DateField("attended a briefing", null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "readiness"

    def __str__(self) -> str:
        return f"Readiness of {self.person}"

    @property
    def is_complete(self) -> bool:
        return self.prepared_on is not None

    @property
    def prepared_on(self) -> date | None:
        """The day on which the second of the two parts was done; None while one is missing."""
        if self.modules_read_on is None or self.briefing_attended_on is None:
            return None
        return max(self.modules_read_on, self.briefing_attended_on)

    def lapses_on(self, months: int) -> date | None:
        """The first day on which the preparation no longer counts; None while it is not complete."""
        return add_months(self.prepared_on, months) if self.prepared_on else None

    def counts_on(self, day: date, months: int) -> bool:
        """Whether somebody prepared like this may audit on that day."""
        begins, ends = self.prepared_on, self.lapses_on(months)
        return begins is not None and ends is not None and begins <= day < ends


class PreparationReview(models.Model):
    """What the lead found, once a year, about the preparation of auditors itself (domain.md A75)."""

    programme = models.ForeignKey(
        AuditProgramme, on_delete=models.PROTECT, related_name="preparation_reviews"
    )
    reviewed_on = models.DateField("day of the review")
    words = models.TextField(
        "what you found", help_text="What prepared auditors well, what did not."
    )
    changes = models.TextField(
        "what changes",
        help_text="What will be different in the modules or the briefing. None? Say why.",
    )
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return f"Review of preparation, {self.programme}"


class AuditorExpression(models.Model):
    """Somebody would like to audit in this cycle (domain.md A14)."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="expressions")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="expressions")
    words = models.CharField(
        "what you would bring", max_length=300, blank=True, help_text="A sentence is enough."
    )
    is_first_time = models.BooleanField("I have not audited before", default=False)
    expressed_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["expressed_at"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="expression_once_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.cycle}"


class AuditTeamMember(models.Model):
    """Somebody who audits in this cycle."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="audit_memberships")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    is_first_time = models.BooleanField("audits for the first time", default=False)
    links_declared_at = models.DateTimeField(null=True, blank=True, editable=False)
    links = models.TextField(
        "links to declare",
        blank=True,
        help_text="Families, workers or teams that you are close to or have worked with. "
        "Leave it empty if there are none.",
    )

    class Meta:
        ordering = ["person__last_name", "person__first_name"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="member_once_a_cycle")
        ]

    def __str__(self) -> str:
        return str(self.person)


class AuditPair(models.Model):
    """Two auditors who work together (domain.md A22). They are shown by name, never by grade of job."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    members = models.ManyToManyField(AuditTeamMember, related_name="pairs")
    reason_for_mix = models.CharField(
        "why these two, although their experience or their work is alike",
        max_length=300,
        blank=True,
        help_text="Only where nobody in the pair has audited before, or both do the same kind of work.",
    )

    class Meta:
        ordering = ["cycle_id", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="pair_number_once")]

    def __str__(self) -> str:
        return f"Pair {self.number}"

    @property
    def people(self) -> list[Any]:
        return [member.person for member in self.members.all()]


class ConflictDeclaration(models.Model):
    """Somebody whose cases this member must not audit, beside their own team's (domain.md A58)."""

    member = models.ForeignKey(AuditTeamMember, on_delete=models.CASCADE, related_name="conflicts")
    worker = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    team = models.ForeignKey(
        "learning.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worker__isnull=False) | models.Q(team__isnull=False),
                name="conflict_names_worker_or_team",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.worker or self.team}"


class Acknowledgement(models.Model):
    """Somebody has read the ground rules or the briefing of a cycle, in that wording (domain.md A19–A20)."""

    class Subject(models.TextChoices):
        GROUND_RULES = "ground_rules", "Ground rules"
        BRIEFING = "briefing", "Briefing of the cycle"

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=20, choices=Subject.choices)
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="+", null=True
    )
    acknowledged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person", "subject", "revision"], name="acknowledged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_subject_display()}"
