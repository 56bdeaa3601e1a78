"""Forms of the openings."""

from typing import Any

from django import forms

from learning.forms import GovukForm
from learning.submissions.models import AuditSubmission


class AskForm(GovukForm, forms.Form):
    """Which audit, and why."""

    reference = forms.CharField(
        max_length=30,
        label="Reference of the audit",
        help_text="One audit, as in 2026-Q1-CP-03.",
        error_messages={"required": "Type the reference of the audit."},
    )
    reason = forms.CharField(
        max_length=300,
        label="Why do you have to read it?",
        help_text="A sentence that somebody else understands. No names and nothing from the case. It is kept "
        "and never changes.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a sentence."},
    )

    def clean_reference(self) -> AuditSubmission:
        ref = self.cleaned_data["reference"].strip()
        audit = AuditSubmission.objects.filter(case__ref__iexact=ref).first()
        if audit is None:
            raise forms.ValidationError("There is no audit with this reference. Look at it again.")
        return audit


class DecisionForm(GovukForm, forms.Form):
    """Yes or no, and why."""

    may_read = forms.ChoiceField(
        label="May they read it?",
        choices=[("yes", "Yes, for some working days"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    decision = forms.CharField(
        max_length=300,
        label="Why",
        help_text="A sentence to who asked. No names and nothing from the case.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a sentence."},
    )

    def clean_may_read(self) -> bool:
        return bool(self.cleaned_data["may_read"] == "yes")


class LookForm(GovukForm, forms.Form):
    """What somebody made of a break-glass opening."""

    words = forms.CharField(
        max_length=2000,
        label="What did you find?",
        help_text="Whether the reason holds, whom you spoke to, and what follows from it. No names of "
        "children or families.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write in a sentence what you found."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
