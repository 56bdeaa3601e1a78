"""What an auditor writes for themselves."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from learning.forms import GovukForm
from learning.reflections.models import AuditorReflection

LONGEST = 10000
TOO_LONG = "This is too long: shorten it to %(limit_value)d characters."


class ReflectionForm(GovukForm, forms.ModelForm):
    class Meta:
        model = AuditorReflection
        fields = AuditorReflection.BOXES
        labels = {
            "take_back": "What will I take back into my own work?",
            "challenged": "Which of my assumptions was challenged, and by what?",
            "as_auditor": "When was it hard to look as an auditor, and not as a colleague?",
        }
        help_texts = {
            "take_back": "One thing that you will do, or do otherwise, in the next weeks.",
            "challenged": "About families, about colleagues, about how we work.",
            "as_auditor": "What helped you to keep your eyes on the child’s day.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in AuditorReflection.BOXES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators.append(MaxLengthValidator(LONGEST, TOO_LONG))
            field.may_wait = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in AuditorReflection.BOXES):
            self.add_error("take_back", "Write something in one of the boxes: a line is enough.")
        return cleaned
