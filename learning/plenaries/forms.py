"""What people fill in about a plenary."""

from typing import Any

from django import forms

from learning.forms import GovukForm, words_field
from learning.plenaries.models import PlenaryAddendum, PlenaryNote
from learning.plenaries.services import MOST_THEMES
from learning.vocabulary.picking import ThemesField

NO_NAMES = "No names, no grades, nothing by which a child, a family or a colleague could be known."
LONGEST = 10000


class PlenaryForm(GovukForm, forms.Form):
    """What one day showed; the template sends the version that the writer began from beside it."""

    strengths = words_field(
        "What was strong",
        f"Across the audits of this day: what helped children, and because of what. {NO_NAMES}",
        rows=8,
        longest=LONGEST,
    )
    to_develop = words_field(
        "What needs to develop",
        "What stood in children’s way, said of how we work and not of anybody. The same: no names, no grades.",
        rows=8,
        longest=LONGEST,
    )
    themes = ThemesField(
        required=False,
        most=MOST_THEMES,
        to_field_name="code",
        label="Themes",
        help_text=f"Up to {MOST_THEMES}.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PlenaryNote.BOXES:  # needed in the end, and not with every save
            self.fields[name].may_wait = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in PlenaryNote.BOXES:
            cleaned[name] = cleaned.get(name, "").replace("\r\n", "\n")
        return cleaned


class NothingForm(GovukForm, forms.Form):
    reason = words_field(
        "Why there is nothing to recommend to the organisation",
        "What was discussed, and why it asks nothing of systems, policies or services. It goes with the cycle.",
        "Say why there is nothing to recommend.",
        longest=LONGEST,
    )


class AddendumForm(GovukForm, forms.ModelForm):
    text = words_field(
        "What is to be added?", NO_NAMES, "Write what is to be added.", rows=5, longest=LONGEST
    )

    class Meta:
        model = PlenaryAddendum
        fields = ["text", "reason"]
        labels = {"reason": "Why now?"}
        error_messages = {"reason": {"required": "Say why it is added now."}}
