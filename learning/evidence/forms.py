"""Forms of the evidence room."""

from typing import Any

from django import forms
from django.utils import timezone

from learning.evidence.services import OWN_REASONS
from learning.forms import GovukForm
from learning.people.models import StaffMember
from learning.submissions.models import AuditSubmission


class AuditChoice(forms.ModelMultipleChoiceField):
    """Audits by reference and area: nothing of what they say."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.case.ref}, {obj.case.area.label.lower()}"


class EvidenceForm(GovukForm, forms.Form):
    """Which audits of one cycle the page rests on."""

    submissions = AuditChoice(
        queryset=AuditSubmission.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Audits that this page rests on",
        help_text="Only audits that are quality assured are listed.",
        error_messages={"required": "Tick the audits that the page rests on."},
    )
    bearing = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="How they bear on the page",
        help_text="For the QA office. It is never published or searched. No names, no case numbers.",
    )

    def __init__(self, *args: Any, audits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["submissions"]
        field.queryset = audits


class RemovalForm(GovukForm, forms.Form):
    """Why the page no longer names an audit."""

    reason = forms.CharField(
        max_length=300,
        label="Why does the page no longer rest on it?",
        help_text="A sentence, without anything from the case. It is kept.",
        error_messages={"required": "Say why in a sentence."},
    )


class ReaderForm(GovukForm, forms.Form):
    """Who may read an audit, why, and until when."""

    person = forms.ModelChoiceField(
        queryset=StaffMember.objects.filter(is_active=True),
        label="Who may read this audit",
        empty_label="Choose a person",
        error_messages={"required": "Choose the person who may read this audit."},
    )
    reason = forms.CharField(
        max_length=300,
        label="Why",
        help_text="For example: presents the finding that rests on it on the performance review day.",
        error_messages={"required": "Say why this person needs to read the audit."},
    )
    expires_at = forms.DateTimeField(
        label="Until",
        help_text="They read it until then, or until you take it away.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": "Say until when."},
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if reason in OWN_REASONS:
            raise forms.ValidationError("Say it in your own words.")
        return reason

    def clean_expires_at(self) -> Any:
        expires_at = self.cleaned_data["expires_at"]
        if expires_at <= timezone.now():
            raise forms.ValidationError("This moment has passed. Choose one to come.")
        return expires_at
