"""Choosing one audit in a form by typing its reference."""

from typing import Any

from django import forms

from learning.submissions.models import AuditSubmission


class AuditReferenceField(forms.CharField):
    """A typed reference; its clean value is the `AuditSubmission`."""

    of_what = "audit"

    def __init__(self, help_text: str = "One audit, as in 2026-Q1-CP-03.", **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            label=f"Reference of the {self.of_what}",
            help_text=help_text,
            error_messages={"required": f"Type the reference of the {self.of_what}."},
            **kwargs,
        )

    def clean(self, value: Any) -> AuditSubmission:
        """Raises `ValidationError` when nothing was typed, or no audit has this reference."""
        ref = super().clean(value)
        audit = AuditSubmission.objects.filter(case__ref__iexact=ref).first()
        if audit is None:
            raise forms.ValidationError(
                f"There is no {self.of_what} with this reference. Look at it again."
            )
        return audit
