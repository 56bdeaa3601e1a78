"""Forms that ask once to look again at words before they keep them: few can be taken back (domain.md D7)."""

import hashlib
from typing import Any

from django import forms

from learning.submissions.wording import Hint, marks_in


class AsksToLookAgain(forms.BaseForm):
    """Mixed into a form before `GovukForm`: marks in its texts are shown, and the second press keeps them.

    `hints` are those of the texts that were sent; `looked_at` is what the page sends along so that the same
    marks are not asked about again.
    """

    hints: list[Hint] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        texts = {name: cleaned.get(name) or "" for name in self._free_texts()}
        self.hints = marks_in(texts)
        seen = self.data.get(self.add_prefix("looked_at"), "").split()
        if not {_key(hint) for hint in self.hints} <= set(seen):
            self.add_error(
                None,
                "Look at the words that are marked below. Change them, or press the button again to "
                "keep them as they are.",
            )
        return cleaned

    @property
    def looked_at(self) -> str:
        """The marks of this page, without their words."""
        return " ".join(sorted({_key(hint) for hint in self.hints}))

    def _free_texts(self) -> list[str]:
        fields = self.fields.items()
        return [name for name, field in fields if isinstance(field.widget, forms.Textarea)]


def _key(hint: Hint) -> str:
    return hashlib.sha256(f"{hint.kind} {hint.words}".encode()).hexdigest()[:16]
