"""Forms of the evidence room."""

from typing import Any

from django import forms
from django.utils import timezone

from learning.evidence.models import EvidenceNoteGrant
from learning.forms import GovukForm
from learning.people.models import StaffMember


class GrantForm(GovukForm, forms.ModelForm):
    """Who may read the note, why, and until when."""

    user = forms.ModelChoiceField(
        queryset=StaffMember.objects.filter(is_active=True),
        label="Who may read this note",
        empty_label="Choose a person",
        error_messages={"required": "Choose the person who may read this note."},
    )

    class Meta:
        model = EvidenceNoteGrant
        fields = ["user", "reason", "expires_at"]
        labels = {"reason": "Why", "expires_at": "Until"}
        help_texts = {
            "reason": "For example: presents this finding on the performance review day.",
            "expires_at": "Leave it empty to let them read until you take it away.",
        }
        widgets = {"expires_at": forms.DateTimeInput(attrs={"type": "datetime-local"})}
        error_messages = {"reason": {"required": "Say why this person needs to read the note."}}

    def clean_expires_at(self) -> Any:
        expires_at = self.cleaned_data["expires_at"]
        if expires_at is not None and expires_at <= timezone.now():
            raise forms.ValidationError("This moment has passed. Choose one to come.")
        return expires_at
