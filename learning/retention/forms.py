"""Forms of retention."""

from typing import Any

from django import forms

from learning.forms import DayMonthYearInput, GovukForm, words_field
from learning.programme.models import AuditCycle
from learning.spot_checks.models import SpotCheck
from learning.submissions.choosing import AuditReferenceField

REASON_HELP = "A sentence, without names and without anything from the case. It is kept."
WHAT_A_CYCLE_KEEPS = (
    "As in 2026-Q1-CP-03, or 2026-Q1 for a cycle: its plenary notes, reflections, answers about the audit, "
    "recommendations, report and case numbers. Its audits and spot checks are held back one by one."
)


class HeldReferenceField(AuditReferenceField):
    """A typed reference; its clean value is the `SpotCheck`, the `AuditCycle` or the `AuditSubmission`."""

    of_what = "audit, spot check or cycle"

    def clean(self, value: Any) -> Any:
        """Raises `ValidationError` when nothing of the three has this reference."""
        ref = str(value or "").strip()
        check = SpotCheck.objects.filter(ref__iexact=ref).first()
        return check or AuditCycle.objects.filter(ref__iexact=ref).first() or super().clean(value)


class HoldForm(GovukForm, forms.Form):
    """Which audit, spot check or cycle is needed longer, why, and when somebody looks again."""

    reference = HeldReferenceField(help_text=WHAT_A_CYCLE_KEEPS)
    reason = words_field(
        "Why is it needed longer?",
        f"An inquiry, a complaint, a court. {REASON_HELP}",
        "Say why, in a sentence.",
        rows=3,
        longest=300,
    )
    review_on = forms.DateField(
        label="When does somebody look at this again?",
        help_text="It does not end by itself on that day; it comes into “My work”.",
        widget=DayMonthYearInput,
        error_messages={"required": "Choose a day.", "invalid": "This is not a day."},
    )


class ReviewForm(GovukForm, forms.Form):
    """The hold runs on until another day."""

    review_on = forms.DateField(
        label="It is still needed. Look at it again on",
        widget=DayMonthYearInput,
        error_messages={"required": "Choose a day.", "invalid": "This is not a day."},
    )


class ReasonForm(GovukForm, forms.Form):
    """Why a hold ends, or a list is set aside."""

    reason = words_field(
        "Why?",
        REASON_HELP,
        "Say why, in a sentence.",
        rows=3,
        longest=300,
    )

    def clean_reason(self) -> Any:
        reason = self.cleaned_data["reason"].strip()
        if len(reason.split()) < 2:
            raise forms.ValidationError("Say it so that somebody else understands it.")
        return reason
