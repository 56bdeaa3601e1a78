"""Forms of retention."""

from typing import Any

from django import forms

from learning.forms import DayMonthYearInput, GovukForm
from learning.submissions.models import AuditSubmission

REASON_HELP = "A sentence, without names and without anything from the case. It is kept."


class HoldForm(GovukForm, forms.Form):
    """Which audit is needed longer, why, and when somebody looks again."""

    reference = forms.CharField(
        max_length=30,
        label="Reference of the audit",
        help_text="One audit, as in 2026-Q1-CP-03.",
        error_messages={"required": "Type the reference of the audit."},
    )
    reason = forms.CharField(
        max_length=300,
        label="Why is it needed longer?",
        help_text=f"An inquiry, a complaint, a court. {REASON_HELP}",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a sentence."},
    )
    review_on = forms.DateField(
        label="When does somebody look at this again?",
        help_text="It does not end by itself on that day; it comes into “My work”.",
        widget=DayMonthYearInput,
        error_messages={"required": "Choose a day.", "invalid": "This is not a day."},
    )

    def clean_reference(self) -> AuditSubmission:
        ref = self.cleaned_data["reference"].strip()
        audit = AuditSubmission.objects.filter(case__ref__iexact=ref).first()
        if audit is None:
            raise forms.ValidationError("There is no audit with this reference. Look at it again.")
        return audit


class ReviewForm(GovukForm, forms.Form):
    """The hold runs on until another day."""

    review_on = forms.DateField(
        label="It is still needed. Look at it again on",
        widget=DayMonthYearInput,
        error_messages={"required": "Choose a day.", "invalid": "This is not a day."},
    )


class ReasonForm(GovukForm, forms.Form):
    """Why a hold ends, or a list is set aside."""

    reason = forms.CharField(
        max_length=300,
        label="Why?",
        help_text=REASON_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a sentence."},
    )

    def clean_reason(self) -> Any:
        reason = self.cleaned_data["reason"].strip()
        if len(reason.split()) < 2:
            raise forms.ValidationError("Say it so that somebody else understands it.")
        return reason
