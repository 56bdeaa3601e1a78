"""Forms of the openings."""

from typing import Any

from django import forms

from learning.forms import GovukForm, words_field
from learning.submissions.choosing import AuditReferenceField


class AskForm(GovukForm, forms.Form):
    """Which audit, and why."""

    reference = AuditReferenceField()
    reason = words_field(
        "Why do you have to read it?",
        "A sentence that somebody else understands. No names and nothing from the case. It is kept "
        "and never changes.",
        "Say why, in a sentence.",
        rows=3,
        longest=300,
    )


class DecisionForm(GovukForm, forms.Form):
    """Yes or no, and why."""

    may_read = forms.ChoiceField(
        label="May they read it?",
        choices=[("yes", "Yes, for some working days"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    decision = words_field(
        "Why",
        "A sentence to who asked. No names and nothing from the case.",
        "Say why, in a sentence.",
        rows=3,
        longest=300,
    )

    def clean_may_read(self) -> bool:
        return bool(self.cleaned_data["may_read"] == "yes")


class LookForm(GovukForm, forms.Form):
    """What somebody made of a break-glass opening."""

    words = words_field(
        "What did you find?",
        "Whether the reason holds, whom you spoke to, and what follows from it. No names of "
        "children or families.",
        "Write in a sentence what you found.",
        longest=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
