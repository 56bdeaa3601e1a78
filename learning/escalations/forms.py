"""What people fill in about an escalation."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from learning.escalations.models import Escalation
from learning.forms import DayMonthYearInput, GovukForm, words_field
from learning.people.choosing import PersonChoiceField
from learning.people.models import StaffMember
from learning.people.roles import Role


def _seniors(escalation: Escalation) -> QuerySet[StaffMember]:
    """Senior managers who sign in, without whose own work it is."""
    seniors = StaffMember.objects.filter(is_active=True, groups__name=Role.SENIOR_MANAGER.label)
    return seniors.exclude(pk=escalation.about.case.worker_id)


class ConveyForm(GovukForm, forms.Form):
    """To whom, what, and by when: nothing of it can be left open (domain.md A41)."""

    recipient = PersonChoiceField(
        queryset=StaffMember.objects.none(),
        label="Who has to act",
        empty_label="Choose a senior manager",
        help_text="The senior manager of this service. Phone them as well: a message can lie unread.",
        error_messages={"required": "Choose who has to act."},
    )
    action = words_field(
        "What must be done",
        "So that nobody has to ask back. For example: “Have this baby seen by a paediatrician, and hold a "
        "strategy discussion with police and health. Tell me when both have happened.” No names.",
        "Say what must be done.",
    )
    deadline_day = forms.DateField(
        label="By which day",
        widget=DayMonthYearInput,
        error_messages={
            "required": "Say by which day.",
            "invalid": "Write a day, such as 18 11 2026.",
        },
    )
    deadline_time = forms.TimeField(
        label="By what time",
        help_text="On the 24-hour clock: 17:00",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"}),
        error_messages={"required": "Say by what time.", "invalid": "Write a time, such as 17:00."},
    )
    names_manager = forms.BooleanField(
        label="Let the worker’s line manager read it",
        help_text="Only if they need it in order to act. They read what was seen and what must be done.",
        required=False,
    )

    def __init__(self, *args: Any, escalation: Escalation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"deadline_day": timezone.localdate()})
        super().__init__(*args, **kwargs)
        worker = escalation.worker
        self.fields["recipient"].queryset = _seniors(escalation)  # type: ignore[attr-defined]
        if worker is None or worker.line_manager is None:
            del self.fields["names_manager"]

    def what_was_said(self) -> dict[str, Any]:
        """The answers as the step takes them, the deadline as one moment."""
        said = dict(self.cleaned_data)
        deadline = datetime.combine(said.pop("deadline_day"), said.pop("deadline_time"))
        said.setdefault("names_manager", False)
        return said | {"deadline": timezone.make_aware(deadline)}


class HandOverForm(GovukForm, forms.Form):
    """Who acts instead, and why."""

    had_by = forms.IntegerField(widget=forms.HiddenInput)
    recipient = PersonChoiceField(
        queryset=StaffMember.objects.none(),
        label="Who has to act now",
        empty_label="Choose a senior manager",
        help_text="Phone them as well. They read all that was said, what must be done and by when.",
        error_messages={"required": "Choose who has to act."},
    )
    why = words_field(
        "Why",
        "“Away until Monday” is enough. Nothing about anybody’s health. The QA office reads it, and it stays.",
        "Say why.",
        rows=2,
        longest=300,
    )

    def __init__(self, *args: Any, escalation: Escalation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"had_by": escalation.recipient_id})
        super().__init__(*args, **kwargs)
        seniors = _seniors(escalation)
        if (
            not self.is_bound
        ):  # another lead may have given it to the same person meanwhile: the step says so
            seniors = seniors.exclude(pk=escalation.recipient_id or 0)
        self.fields["recipient"].queryset = seniors  # type: ignore[attr-defined]


class ReportForm(GovukForm, forms.Form):
    """What the addressee did."""

    words = words_field(
        "What was done",
        "Who did what, and when; where it can be seen. If something is still to be done, say so. It stays as "
        "you write it, and the lead checks it.",
        "Say what was done.",
    )


class VerifyForm(GovukForm, forms.Form):
    """What the lead saw for themselves."""

    evidence = words_field(
        "What shows that it was done",
        "What you looked at yourself, or whom you asked. That somebody says so is not enough.",
        "Say what you looked at.",
    )


class NoteForm(GovukForm, forms.Form):
    """A few words that stay as they are."""

    words = words_field(
        "Your note",
        "Lead and addressee read it. It stays as you write it. No names of children or families.",
        "Write your note.",
    )
