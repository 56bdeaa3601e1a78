"""Forms of the lead and the QA office: the year, a cycle, its people, days, focus and steps."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.events.working_days import add_working_days, is_working_day
from learning.forms import DayMonthYearInput, GovukForm
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.fields import TimetableField, staff
from learning.programme.models import AuditCycle, CycleFocus
from learning.programme.selectors import Step
from learning.vocabulary.picking import ThemeField

EARLIEST_YEAR, YEARS_AHEAD = 2000, 5
REASON = "Why"


def lead_managers() -> Any:
    """Who may lead a cycle."""
    return staff().filter(groups__name=Role.LEAD_QA.label)


class DayField(forms.DateField):
    """A working day, typed as day, month and year."""

    widget = DayMonthYearInput

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_working_day(value):
            raise ValidationError("This is a weekend or a bank holiday. Choose a working day.")


class PersonChoice(forms.ModelChoiceField):
    """A person out of a short list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "Choose a person")
        kwargs.setdefault("queryset", StaffMember.objects.none())
        super().__init__(**kwargs)


def two_days(cleaned: dict[str, Any], first: str, second: str) -> tuple[date, date] | None:
    """Both days of a cycle; the second is the next working day where none was given."""
    if not cleaned.get(first):
        return None
    return cleaned[first], cleaned.get(second) or add_working_days(cleaned[first], 1)


class PlanYearForm(GovukForm, forms.Form):
    """A year and the first day of each of its cycles."""

    year = forms.IntegerField(
        min_value=EARLIEST_YEAR,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    lead = PersonChoice(label="Who leads", help_text="You can change it for each cycle later.")
    first_day_1 = DayField(label="First day of the first cycle")
    first_day_2 = DayField(label="First day of the second cycle", required=False)
    first_day_3 = DayField(label="First day of the third cycle", required=False)
    first_day_4 = DayField(label="First day of the fourth cycle", required=False)
    reason = forms.CharField(
        label="Why not four cycles",
        required=False,
        max_length=300,
        help_text="Only when you leave one empty. A year usually has four.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = lead_managers()  # type: ignore[attr-defined]

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year + YEARS_AHEAD:
            raise ValidationError("This year is too far ahead.")
        return year

    def cycles(self) -> list[tuple[date, date]]:
        """The two days of each cycle: the day that was given and the working day after it."""
        days = [two_days(self.cleaned_data, f"first_day_{n}", "") for n in range(1, 5)]
        return sorted(pair for pair in days if pair)


class DaysForm(GovukForm, forms.Form):
    """Two days of a cycle and why they are these."""

    first_day = DayField(label="First day")
    second_day = DayField(
        label="Second day", required=False, help_text="Empty: the next working day."
    )

    def days(self) -> tuple[date, date]:
        days = two_days(self.cleaned_data, "first_day", "second_day")
        assert days is not None
        return days


class MoveDaysForm(DaysForm):
    reason = forms.CharField(
        label="Why the days move", max_length=300, help_text="It is kept with the change."
    )


class AddCycleForm(DaysForm):
    lead = PersonChoice(label="Who leads")
    reason = forms.CharField(
        label="Why not four cycles",
        required=False,
        max_length=300,
        help_text="Only when the year then has another number than four.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = lead_managers()  # type: ignore[attr-defined]


class PeopleForm(GovukForm, forms.ModelForm):
    """Who leads, who stands in, who administers, whom to ask about laptops and the case system."""

    class Meta:
        model = AuditCycle
        fields = ["lead", "deputy", "administrator", "it_contact"]
        help_texts = {
            "deputy": "Stands in when the lead is away.",
            "administrator": "Books rooms, sends the timetable, reminds people.",
            "it_contact": "Sees that auditors can open the case system on both days.",
        }

    def __init__(self, *args: Any, by_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: dict[str, Any] = {
            "lead": lead_managers(),
            "deputy": lead_managers(),
            "administrator": staff().filter(groups__name=Role.AUDIT_ADMIN.label),
            "it_contact": staff().filter(groups__name=Role.IT_SUPPORT.label),
        }
        for name, queryset in people.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        if not by_lead:
            del self.fields["lead"], self.fields["deputy"]

    def named(self) -> dict[str, Any]:
        """All four, those that this form did not ask for as they are."""
        kept = {"lead": self.instance.lead, "deputy": self.instance.deputy}
        return {**kept, **self.cleaned_data}


class FocusForm(GovukForm, forms.ModelForm):
    """What a cycle looks at in particular, and why."""

    class Meta:
        model = CycleFocus
        fields = ["source", "source_words", "population", "theme", "question"]
        labels = {"source": "Where it comes from"}
        help_texts = {
            "source_words": "The review, inspection or paper that it comes from. For an earlier recommendation "
            "its reference, such as 2026-Q3-R-04."
        }
        widgets = {"question": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"theme": ThemeField}


class TimetableForm(GovukForm, forms.Form):
    """A day's timetable, written as lines."""

    entries = TimetableField(
        label="Timetable", help_text="One line each, like this: 09:00 – 09:30 Welcome"
    )


class StepForm(GovukForm, forms.Form):
    """A reason, where the step asks for one."""

    reason = forms.CharField(label=REASON, max_length=500, help_text="It is kept with the step.")

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.asks:
            del self.fields["reason"]
