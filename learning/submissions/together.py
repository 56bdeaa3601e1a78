"""Two who write on one page and save it by its button: neither passes over what the other saved (domain.md E3).

The page carries a mark of what it showed. When that is no longer what stands, nothing is saved: the page comes
back with both texts in each box, to be looked through and saved again.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from learning.events.refusals import Refusal


class SavedMeanwhile(Refusal):
    """The other has saved since the page was opened; `theirs` is what stands now, by field."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__(
            "Your colleague has saved this page since you opened it. Nothing was overwritten: each box holds "
            "their words, and under them what only yours say. Where you chose differently, both choices stand "
            "there. Look through them, and save again."
        )
        self.theirs = theirs


def mark_of(texts: Mapping[str, Any]) -> str:
    """What stands, in short."""
    said = json.dumps(texts, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def refuse_unless_seen(
    theirs: Mapping[str, Any], mine: Mapping[str, Any], seen: str | None
) -> None:
    """Raises `SavedMeanwhile` when the page showed something else than what stands now, and it matters.

    `seen` is the mark that the page carried; without one nobody asks.
    """
    if seen is not None and seen != mark_of(theirs) and mark_of(mine) != mark_of(theirs):
        raise SavedMeanwhile(theirs)


def both(theirs: str, mine: str) -> str:
    """Their text as it stands, and under it the sentences that only mine has. What both of us began from stands
    there once: doubled at each clash, a text would grow without end.

    >>> both("She waits. He comes.", "She waits. Nobody knows.")
    'She waits. He comes.\\n\\nNobody knows.'
    """
    known = {sentence for line in theirs.splitlines() for sentence in _sentences(line)}
    lines = [
        " ".join(sentence for sentence in _sentences(line) if sentence not in known)
        for line in mine.splitlines()
    ]
    return "\n\n".join(part for part in (theirs, "\n".join(filter(None, lines))) if part.strip())


def _sentences(line: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", line.strip())


class WrittenTogether:
    """Mixed into a form that two people fill in: a hidden mark, and both texts after a clash."""

    fields: dict[str, forms.Field]
    data: Any
    cleaned_data: dict[str, Any]
    add_error: Any

    def carry_mark(self, texts: Mapping[str, Any]) -> None:
        """From now on the page carries the mark of these texts."""
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=mark_of(texts)
        )

    def keep(self, step: Callable[..., Any], **said: Any) -> None:
        """Take the step with the mark that was seen; after a clash both texts stand in the form."""
        try:
            step(**said, seen=self.cleaned_data["seen"] or None)
        except SavedMeanwhile as meanwhile:
            self.show_both(meanwhile.theirs)
            raise

    def show_both(self, theirs: Mapping[str, Any]) -> None:
        """Put their words above what only mine say, in each box that holds words; of choices, say both."""
        self.data = self.data.copy()
        self.data["seen"] = mark_of(theirs)
        for name, text in theirs.items():
            field = self.fields.get(name)
            if isinstance(field, forms.CharField) and isinstance(text, str):
                self.data[name] = both(text, self.data.get(name, "").replace("\r\n", "\n"))
            elif isinstance(field, forms.MultipleChoiceField):
                self._show_ticks(name, field, list(text))
            elif isinstance(field, forms.ChoiceField):
                self._show_choice(name, field, text)

    def _show_ticks(self, name: str, field: Any, theirs: list[str]) -> None:
        """All that either has ticked; where they differ, who ticked what."""
        mine = self.data.getlist(name)
        if set(mine) != set(theirs):
            self.data.setlist(name, list(dict.fromkeys([*theirs, *mine])))
            self._say(name, field, theirs, mine)

    def _show_choice(self, name: str, field: Any, theirs: str) -> None:
        """What they have chosen, if they have; where I chose otherwise, both."""
        mine = self.data.get(name, "")
        if mine != theirs:
            self.data[name] = theirs or mine
            self._say(name, field, [theirs], [mine])

    def _say(self, name: str, field: Any, theirs: list[str], mine: list[str]) -> None:
        labels = {str(value): str(label) for value, label in field.choices if value}
        said = [
            ", ".join(labels[value] for value in chosen if value in labels) or "nothing"
            for chosen in (theirs, mine)
        ]
        self.add_error(name, f"Your colleague chose: {said[0]}. You chose: {said[1]}.")
