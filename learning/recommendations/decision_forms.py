"""What people fill in beside the way: more time, not accepted, another in its place, a pause."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from learning.forms import GovukForm, words_field
from learning.recommendations.forms import due_field, owner_field
from learning.recommendations.looking_again import AsksToLookAgain
from learning.recommendations.models import Recommendation


class ExtensionForm(AsksToLookAgain, GovukForm, forms.Form):
    """More time: until when, and why."""

    new_due_date = due_field(
        "The new date that you ask for",
        "The date at issue stays visible beside it. For example, 14 3 2027.",
    )
    reason = words_field(
        "Why more time is needed",
        "What has been done so far, and what stands in the way.",
        "Say why more time is needed.",
    )


class DecisionForm(AsksToLookAgain, GovukForm, forms.Form):
    """Yes or no, with words when it is no."""

    YES, NO = "yes", "no"
    answer = forms.ChoiceField(
        label="Your decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    words = words_field("To the owner", "Needed when you say no.")

    def __init__(self, *args: Any, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(self.YES, yes), (self.NO, no)]  # type: ignore[attr-defined]

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == self.YES)


class NonAcceptanceForm(AsksToLookAgain, GovukForm, forms.Form):
    """Why the owner does not accept it."""

    reason = words_field(
        "Why it cannot be accepted",
        "A senior manager reads this and decides. If they agree, the board's report names it.",
        "Say why it cannot be accepted.",
    )


class SupersedeForm(GovukForm, forms.Form):
    """Which other recommendation takes its place."""

    by = forms.ModelChoiceField(
        queryset=Recommendation.objects.none(),
        label="Which recommendation takes its place",
        empty_label="Choose a reference",
        help_text="One that is issued and open. The old one stays readable and names it.",
        error_messages={"required": "Choose the recommendation that takes its place."},
    )

    def __init__(self, *args: Any, possible: QuerySet[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = possible  # type: ignore[attr-defined]


class HandOverForm(GovukForm, forms.Form):
    """Who sees to it from now on, and why."""

    owner = owner_field()
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="For example: the owner leaves at the end of the month. No word about a child or family.",
        error_messages={"required": "Say why somebody else sees to it from now on."},
    )


class PauseForm(GovukForm, forms.Form):
    """Until when nobody is chased, and why."""

    until = due_field(
        "Pause until the end of",
        "On the next working day it goes on by itself, and nothing that came due meanwhile is lost. To "
        "end a pause early, pause again until today.",
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="For example: the owner is away until then and has said who acts.",
        error_messages={"required": "Say why nobody should be chased."},
    )
