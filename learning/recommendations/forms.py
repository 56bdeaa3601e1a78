"""What people fill in about recommendations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from learning.access.matrix import Right
from learning.forms import DayMonthYearInput, GovukForm, words_field
from learning.people.choosing import PersonChoiceField
from learning.people.models import StaffMember
from learning.recommendations.completion_models import CompletionConfirmation, RecommendationUpdate
from learning.recommendations.looking_again import AsksToLookAgain
from learning.recommendations.models import Recommendation
from learning.vocabulary.choices import RecommendationLevel
from learning.vocabulary.models import Theme
from learning.vocabulary.picking import ThemesField

NOT_A_DATE = "Give the date as day, month and year, such as 14 3 2027."


def possible_owners() -> QuerySet[StaffMember]:
    """Active people whose role opens the list of recommendations."""
    names = [role.label for role in Right.SEE_RECOMMENDATIONS.value.roles]
    return StaffMember.objects.filter(is_active=True, groups__name__in=names).distinct()


def owner_field() -> PersonChoiceField:
    return PersonChoiceField(
        queryset=possible_owners(),
        label="Who sees to it",
        empty_label="Choose a person",
        help_text="One person by name, usually the line manager. They confirm in writing when it is done.",
        error_messages={"required": "Choose who sees to it."},
    )


def due_field(label: str = "By when", words: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=DayMonthYearInput,
        help_text=words or "Once it is issued this date is kept for good. For example, 14 3 2027.",
        error_messages={"invalid": NOT_A_DATE, "required": "Give a date."},
    )


class DraftForm(AsksToLookAgain, GovukForm, forms.ModelForm):
    """What should change, why, who sees to it, by when, and how it will be known."""

    action = words_field(
        "What should be done",
        "One thing, so that it can be finished. Begin with a verb: agree, write, offer, review.",
        "Say what should be done.",
    )
    why = words_field(
        "Why it matters for the child, or for children",
        "What would be better in their daily life. Write it so that the family could read it.",
        "Say why it matters.",
    )
    how_known = words_field(
        "How we will know that it made a difference",
        "What could be seen or heard then, and by whom.",
        "Say how it will be known.",
    )
    themes = ThemesField(required=False, label="Themes", help_text="One or two are enough.")
    owner = owner_field()
    due_date = due_field()

    class Meta:
        model = Recommendation
        fields = [
            "level", "action_type", "action", "why", "how_known", "owner", "due_date", "themes",
        ]  # fmt: skip
        labels = {"level": "How far it reaches"}
        help_texts = {
            "level": "Managers and the board read everything that reaches beyond this child: write "
            "nothing there by which a child or family could be known."
        }

    def __init__(
        self, *args: Any, of_one_case: bool, likely: Iterable[Theme] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].put_first(likely)  # type: ignore[attr-defined]
        levels = RecommendationLevel.choices
        if not of_one_case:
            levels = [choice for choice in levels if choice[0] != RecommendationLevel.CASE]
        level = self.fields["level"]
        level.choices = [("", "Choose from the list"), *levels]  # type: ignore[attr-defined]


class IssueForm(GovukForm, forms.Form):
    """The last look before it goes to its owner."""

    owner = owner_field()
    due_date = due_field()


class UpdateForm(AsksToLookAgain, GovukForm, forms.ModelForm):
    words = words_field(
        "How it is going",
        "A sentence or two: what has happened, what comes next, what is in the way.",
        "Write how it is going.",
    )

    class Meta:
        model = RecommendationUpdate
        fields = ["words"]


class ConfirmForm(AsksToLookAgain, GovukForm, forms.ModelForm):
    """The written confirmation: what, when, what shows it, and by whom."""

    statement = words_field(
        "What was done",
        "In your own words: who did what, and what is different now. Somebody who was not there "
        "reads it.",
        "Say what was done.",
    )
    completed_on = due_field("When it was done", "The day on which the last of it was done.")
    evidence = words_field(
        "What shows it",
        "For example: the plan of that day, the supervision note, what the family said. Say where it "
        "can be seen.",
        "Say what shows it.",
    )
    full_name = forms.CharField(
        label="Your full name",
        max_length=200,
        help_text="Type it as your signature under this statement.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type your full name."},
    )

    class Meta:
        model = CompletionConfirmation
        fields = ["statement", "completed_on", "evidence"]


class VerifyForm(AsksToLookAgain, GovukForm, forms.Form):
    """Whether the statement shows that it was done."""

    ACCEPT, RETURN = "accept", "return"
    answer = forms.ChoiceField(
        label="Does the statement show that it was done?",
        choices=[
            (ACCEPT, "Yes: it was done, and something shows it"),
            (RETURN, "Not yet: send it back and say what is missing"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    words = words_field(
        "To the owner",
        "What you looked at, or what is missing. Needed when you send it back.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == self.RETURN and not cleaned.get("words", "").strip():
            self.add_error("words", "Say what is missing, so that the owner can answer it.")
        return cleaned

    @property
    def is_accepted(self) -> bool:
        return bool(self.cleaned_data["answer"] == self.ACCEPT)
