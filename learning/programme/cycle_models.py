"""The year, its cycles and what each looks at (domain.md A1–A5, A11–A13, E1)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_fsm import FSMModelMixin, transition

from learning.events.months import days_in_words
from learning.events.states import StateField
from learning.programme.settings import AuditSettings
from learning.programme.states import BEFORE_THE_DAYS, CycleState, FocusSource
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
    state = StateField(choices=CycleState.choices, default=CycleState.PLANNED)
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
    def days_in_words(self) -> str:
        """Its days as they stand in a sentence; empty while none is set."""
        return days_in_words(day.date for day in self.days.all())

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

    @property
    def leads(self) -> list[Any]:
        """The lead, and the deputy where there is one."""
        return [person for person in (self.lead, self.deputy) if person is not None]

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

    @transition(state, source=CycleState.READY, target=CycleState.NOTIFIED)
    def prepare_again(self) -> None:
        """The days have moved: what everybody confirmed was for the old ones."""

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
