"""What people fill in about the audit itself."""

from typing import Any

from django import forms

from learning.access.matrix import Right
from learning.forms import DayMonthYearInput, GovukForm, words_field
from learning.people.choosing import PersonChoiceField
from learning.people.models import StaffMember
from learning.process_review.models import ReviewInvitation
from learning.process_review.states import ChangeKind
from learning.proforma.models import ProFormaVersion
from learning.programme.settings import AuditSettings

LONGEST_ANSWER = 3000


class AnswerForm(GovukForm, forms.Form):
    """The questions of one part, each with room for a few sentences."""

    def __init__(self, *args: Any, invitation: ReviewInvitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in invitation.round.questions_for(invitation.part):
            self.fields[key] = words_field(words, "", longest=LONGEST_ANSWER)


class DecisionForm(GovukForm, forms.Form):
    """What will be different, who sees to it, and until when."""

    words = words_field(
        "What will be different",
        "About the audit: its days, its forms, how people are prepared and told.",
        "Say what will be different.",
        longest=2000,
    )
    owner = PersonChoiceField(
        queryset=StaffMember.objects.none(),
        label="Who sees to it",
        empty_label="Choose a person",
        error_messages={"required": "Choose who sees to it."},
    )
    due_date = forms.DateField(
        label="Until when",
        widget=DayMonthYearInput,
        help_text="For example, 14 3 2027.",
        error_messages={
            "invalid": "Give the date as day, month and year, such as 14 3 2027.",
            "required": "Give a date.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [role.label for role in Right.SEE_PROGRAMME.value.roles]
        people = StaffMember.objects.filter(is_active=True, groups__name__in=names).distinct()
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


def settings_by_name() -> list[tuple[str, str]]:
    """The audit settings by the words that stand on their page."""
    names = [
        str(field.verbose_name)
        for field in AuditSettings._meta.get_fields()
        if field.concrete and not field.primary_key
    ]
    return [("", "Choose a setting"), *((name, name.capitalize()) for name in names)]


class ChangeForm(GovukForm, forms.Form):
    """What a decision changed: one of three things, and what is different there."""

    kind = forms.ChoiceField(
        label="What was changed",
        choices=ChangeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was changed."},
    )
    form = forms.ModelChoiceField(
        queryset=ProFormaVersion.objects.all(),
        label="Which version of a form",
        required=False,
        empty_label="Choose a version",
        help_text="Only for a form.",
    )
    page_address = forms.CharField(
        label="Address of the page",
        required=False,
        max_length=300,
        help_text="Only for a page of guidance, training or rules: what stands after the name of the portal "
        "in the address, such as /guidance/reading-a-record/.",
    )
    setting = forms.ChoiceField(
        label="Which setting",
        required=False,
        choices=settings_by_name,
        help_text="Only for one of the audit settings.",
    )
    words = forms.CharField(
        label="What is different there now",
        max_length=500,
        error_messages={"required": "Say what is different now."},
    )
