"""What people fill in about letters."""

from typing import Any

from django import forms

from learning.access.matrix import Right
from learning.forms import GovukForm, words_field
from learning.letters.models import GoodPracticeLetter
from learning.people.choosing import PersonChoiceField
from learning.people.models import StaffMember


class NominationForm(GovukForm, forms.Form):
    """What was done, and what was different because of it."""

    what_was_done = words_field(
        "What was done",
        "What the worker did, so exactly that a colleague could do it too.",
        "Say what was done.",
    )
    difference_made = words_field(
        "The difference it made",
        "What the child or the family lived because of it.",
        "Say what was different because of it.",
    )


class WriterForm(GovukForm, forms.Form):
    """Who writes and signs the letter."""

    writer = PersonChoiceField(
        queryset=StaffMember.objects.none(),
        label="Who writes and signs it",
        empty_label="Choose a person",
        help_text="A lead or a senior manager. A lead who does not write it approves it.",
        error_messages={"required": "Choose who writes it."},
    )

    def __init__(self, *args: Any, letter: GoodPracticeLetter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [role.label for role in Right.WRITE_LETTER.value.roles]
        writers = StaffMember.objects.filter(is_active=True, groups__name__in=names)
        self.fields["writer"].queryset = writers.exclude(  # type: ignore[attr-defined]
            pk=letter.worker_id
        ).distinct()


class LetterForm(GovukForm, forms.Form):
    """The four parts of a letter (domain.md D5)."""

    what_you_did = words_field(
        "What you did",
        "Write to the worker. One or two things, exactly as they were.",
        "Write what the worker did.",
    )
    what_was_experienced = words_field(
        "What the child and family experienced",
        "What was different for them. No names: the worker knows who is meant.",
        "Write what the child and family experienced.",
    )
    what_others_can_learn = words_field(
        "What others can learn",
        "What a colleague could do tomorrow.",
        "Write what others can learn.",
    )
    thanks = words_field("Thank you", "In your own words.", "Write a word of thanks.")


class ReasonForm(GovukForm, forms.Form):
    """Why a letter is sent back or set aside."""

    reason = words_field(
        "Why",
        "For the colleagues who see to letters. No names, and nothing about the family.",
        "Say why.",
        rows=3,
        longest=300,
    )


class AnswerForm(GovukForm, forms.Form):
    """Yes or no to sharing; neither is chosen beforehand."""

    may_share = forms.TypedChoiceField(
        label="May others learn from it, without names?",
        choices=[
            ("yes", "Yes, somebody may rewrite it without names and share it"),
            ("no", "No, it stays private"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="You need not answer. Either is fine, and nobody asks why. A yes can be taken back on "
        "any day, and the page is then taken down at once.",
        error_messages={"required": "Choose yes or no, or go back to the letter."},
    )
