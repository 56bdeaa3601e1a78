"""What people fill in about impact."""

from typing import Any

from django import forms

from learning.forms import GovukForm, words_field
from learning.impact.services import Counts
from learning.impact.states import ASSESSED, ImpactStatus
from learning.programme.models import AuditCycle
from learning.programme.states import BEFORE_THE_DAYS
from learning.recommendations.forms import due_field
from learning.recommendations.looking_again import AsksToLookAgain
from learning.recommendations.models import Recommendation


class SystemChangeForm(AsksToLookAgain, GovukForm, forms.Form):
    """What works differently now."""

    words = words_field(
        "What works differently now",
        "For example: a new pathway, a changed form, a role that was reviewed. No case, no family.",
        "Say what works differently now.",
    )
    changed_on = due_field("Since when", "For example, 14 3 2026.")


class PlanForm(AsksToLookAgain, GovukForm, forms.Form):
    """Which later cycle asks which question."""

    cycle = forms.ModelChoiceField(
        queryset=AuditCycle.objects.none(),
        label="Which cycle tests it",
        empty_label="Choose a cycle",
        help_text="A later one whose days are still to come.",
        error_messages={"required": "Choose a cycle."},
    )
    question = words_field(
        "What its audits are asked",
        "One question that can be answered for each case: in how many is it now as it should be? Every pair of "
        "that cycle reads it: no word about a child or family.",
        "Write the question.",
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = AuditCycle.objects.filter(
            ref__gt=recommendation.cycle.ref, state__in=BEFORE_THE_DAYS
        )
        self.fields["cycle"].queryset = later.order_by("ref")  # type: ignore[attr-defined]


def _count_field(label: str, words: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=9999,
        required=False,
        help_text=words,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Give a whole number, such as 9."},
    )


class AssessForm(AsksToLookAgain, GovukForm, forms.Form):
    """The counts, the word, and what it rests on."""

    before_seen = _count_field(
        "Before: in how many audits was it as it should be?",
        "Leave all four numbers empty if it was not counted.",
    )
    before_of = _count_field("Before: of how many audits?")
    after_seen = _count_field("Now: in how many audits is it as it should be?")
    after_of = _count_field("Now: of how many audits?")
    status = forms.ChoiceField(
        label="What that shows",
        choices=[(status.value, status.label) for status in ASSESSED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    words = words_field(
        "What was seen",
        "What is different for children, and what it rests on. Say so when the samples cannot tell.",
        "Say what was seen.",
    )

    NUMBERS = ("before_seen", "before_of", "after_seen", "after_of")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [cleaned.get(name) is not None for name in self.NUMBERS]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError("Give all four numbers, or none.")
        for moment in ("before", "after"):
            self._check_pair(cleaned, moment)
        return cleaned

    def _check_pair(self, cleaned: dict[str, Any], moment: str) -> None:
        seen, of = cleaned.get(f"{moment}_seen"), cleaned.get(f"{moment}_of")
        if seen is not None and of is not None and (seen > of or of == 0):
            self.add_error(
                f"{moment}_of", "This has to be at least one, and at least the number before it."
            )

    @property
    def answer(self) -> dict[str, Any]:
        """What the step takes."""
        return {
            "before": self._pair("before"),
            "after": self._pair("after"),
            "status": ImpactStatus(self.cleaned_data["status"]),
            "words": self.cleaned_data["words"],
        }

    def _pair(self, moment: str) -> Counts:
        seen, of = self.cleaned_data[f"{moment}_seen"], self.cleaned_data[f"{moment}_of"]
        return None if seen is None or of is None else (seen, of)
