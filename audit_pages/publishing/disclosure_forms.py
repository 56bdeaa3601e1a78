"""The checker's form: a reason for each thing that may stay, and the jigsaw checklist."""

from collections.abc import Iterator
from typing import Any

from django import forms

from audit_pages.publishing.disclosure import Found
from audit_pages.publishing.disclosure_models import QUESTIONS, Trait
from learning.programme.settings import AuditSettings

NO_OR_YES = [("no", "No"), ("yes", "Yes")]


class DisclosureForm(forms.Form):
    """Made for what was found in one revision's words."""

    words_digest = forms.CharField(widget=forms.HiddenInput)
    traits = forms.MultipleChoiceField(
        required=False,
        choices=Trait.choices,
        widget=forms.CheckboxSelectMultiple,
        label="What does the text tell of one child or family?",
    )

    consent = forms.CharField(
        max_length=300,
        label="How and when did the worker agree to this page?",
        help_text="No private letter stands behind it in the portal. For example: in writing to the lead in "
        "May, after reading the page. No names.",
        error_messages={"required": "Say how the worker agreed, or send the page back."},
    )

    def __init__(
        self, *args: Any, found: list[Found], asks_consent: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        numbers = AuditSettings.load()
        self.fields["traits"].help_text = (
            f"From {numbers.traits_for_another_reader} on, one more person reads it. "
            f"From {numbers.traits_for_rewriting} on it goes back to be rewritten."
        )
        if not asks_consent:
            del self.fields["consent"]
        for key, question in QUESTIONS.items():
            self.fields[f"answer_{key}"] = forms.ChoiceField(
                choices=NO_OR_YES, widget=forms.RadioSelect, label=question
            )
        for number, thing in self._staying():
            self.fields[f"reason_{number}"] = forms.CharField(
                max_length=300,
                label=f"{number}. {thing.span.label}: “{thing.words}”. Why may it stay?",
                help_text=f"Otherwise: {thing.span.advice}",
            )

    def _staying(self) -> Iterator[tuple[int, Found]]:
        """Those that may stay with a reason, by their number in the text."""
        for number, thing in enumerate(self.found, start=1):
            if not thing.span.is_blocking:
                yield number, thing

    @property
    def reason_fields(self) -> list[Any]:
        return [self[f"reason_{number}"] for number, _ in self._staying()]

    @property
    def answer_fields(self) -> list[Any]:
        return [self[f"answer_{key}"] for key in QUESTIONS]

    @property
    def reasons(self) -> dict[str, str]:
        """By `Found.key`."""
        return {
            thing.key: self.cleaned_data[f"reason_{number}"] for number, thing in self._staying()
        }

    @property
    def answers(self) -> dict[str, bool]:
        """By question; True where somebody could be known."""
        return {key: self.cleaned_data[f"answer_{key}"] == "yes" for key in QUESTIONS}
