"""Forms of the worker who says whether contact is safe, and of the pair who asks."""

from collections.abc import Mapping
from typing import Any

from django import forms

from learning.feedback.asking import SafetyAnswers
from learning.feedback.models import AgreedQuote, ContactTry, FamilyFeedback
from learning.feedback.questions import QuestionSet
from learning.feedback.states import AskedPerson, FeedbackState, SharedView
from learning.feedback.writing_up import NOTED, Notes, notes_of
from learning.forms import DayMonthYearInput, GovukForm
from learning.submissions.together import WrittenTogether
from learning.vocabulary.picking import ThemeField

LONGEST = 5_000


def _words(label: str, help_text: str = "", required: bool = True, rows: int = 2) -> Any:
    """A box for a few sentences."""
    box = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST, "spellcheck": "true"})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST, widget=box
    )


class AddForm(GovukForm, forms.ModelForm):
    class Meta:
        model = FamilyFeedback
        fields = ["asked", "relation"]
        labels = {"asked": "Who is to be asked?", "relation": "In one word or two"}
        widgets = {"asked": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = AskedPerson.choices  # type: ignore[attr-defined]

    def clean_asked(self) -> AskedPerson:
        return AskedPerson(self.cleaned_data["asked"])


class SafetyForm(GovukForm, forms.Form):
    """Five answers in words, and one decision. A number would say nothing that helps."""

    domestic_abuse = _words(
        "Domestic abuse: could contact put anybody at risk?",
        "Think of each parent apart. Who else sees the telephone, the post, the door?",
    )
    bail = _words("Bail or other conditions: does any of them touch this?")
    address = _words(
        "Confidential address: is there one that nobody may learn?",
        "Say that there is one and what to keep in mind. Do not write the address.",
    )
    distress = _words("Distress: how are they just now, and what would make it worse?")
    court = _words("Court: is there a hearing near, and may they be asked before it?")
    is_safe = forms.TypedChoiceField(
        label="So, is it safe to contact them?",
        help_text="If you are not sure, talk with your manager first. “No” ends it: nobody will try.",
        choices=[("yes", "Yes, in the way that I describe below"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    how = _words(
        "How should they be contacted?",
        "Needed if it is safe. By which way, at what time, through whom; interpreter or communication "
        "aid. No numbers or addresses: say where they stand in the record.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_safe") and not cleaned.get("how"):
            self.add_error("how", "Say how: the pair does not know the family.")
        return cleaned

    def answers(self) -> SafetyAnswers:
        names = ("domestic_abuse", "bail", "address", "distress", "court", "how")
        return SafetyAnswers(**{name: self.cleaned_data[name] for name in names})


class TryForm(GovukForm, forms.ModelForm):
    class Meta:
        model = ContactTry
        fields = ["tried_on", "way"]
        labels = {"tried_on": "When did you try?", "way": "How?"}
        widgets = {"tried_on": DayMonthYearInput, "way": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = ContactTry.Way.choices  # type: ignore[attr-defined]


class InviteForm(GovukForm, forms.Form):
    asked = forms.TypedChoiceField(
        label="Who is it?",
        choices=AskedPerson.choices,
        coerce=AskedPerson,
        widget=forms.RadioSelect,
    )
    led_by = forms.TypedChoiceField(
        label="Who of you leads?",
        help_text="Whoever they will find it easier to talk with. Never the worker of the case.",
        coerce=int,
        widget=forms.RadioSelect,
    )
    consent = forms.CharField(
        label="Who agreed, and how?",
        help_text="For a child: whoever holds parental responsibility, and then the child. By part, not by "
        "name: “her mother by telephone, then she herself”.",
        max_length=300,
    )
    consent_on = forms.DateField(label="When did they agree?", widget=DayMonthYearInput)
    support = forms.CharField(
        label="Interpreter, communication aid or somebody beside them",
        help_text="What they asked for, and what is booked. Leave it empty if nothing is needed.",
        max_length=300,
        required=False,
    )
    questions = forms.ChoiceField(
        label="Which questions will you ask?",
        help_text="The wording of today is kept with the notes.",
        widget=forms.RadioSelect,
    )
    told = forms.BooleanField(
        label="I told them what happens to their answers, and that I must act if somebody is in danger",
        error_messages={"required": "Tell them first; then tick this."},
    )

    def __init__(self, *args: Any, people: Any, sets: list[QuestionSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        self.sets = {str(found.revision_id): found for found in sets}
        led_by: Any = self.fields["led_by"]
        led_by.choices = [(pk, str(person)) for pk, person in self.people.items()]
        questions: Any = self.fields["questions"]
        questions.choices = [(pk, found.title) for pk, found in self.sets.items()]

    def arguments(self) -> dict[str, Any]:
        """What `invite` asks for."""
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in ("asked", "consent", "consent_on", "support")}
        return {
            **kept,
            "led_by": self.people[cleaned["led_by"]],
            "questions": self.sets[cleaned["questions"]],
        }


class MeetingForm(GovukForm, forms.Form):
    was_written = forms.TypedChoiceField(
        label="How did they tell you?",
        choices=[
            ("no", "We met or talked"),
            ("yes", "They wrote, drew or sent a recording"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    happened_on = forms.DateField(label="When?", widget=DayMonthYearInput)


class EndForm(GovukForm, forms.Form):
    outcome = forms.TypedChoiceField(
        label="What came of it?",
        choices=[
            (FeedbackState.DECLINED, "They do not want to, or no longer"),
            (FeedbackState.NOT_REACHED, "They could not be reached"),
            (FeedbackState.NOT_SAFE, "It is not safe after all"),
            (FeedbackState.NOT_APPROPRIATE, "It would not be right to ask now"),
        ],
        coerce=FeedbackState,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why",
        help_text="Needed if it is not safe or not right. Nobody owes us a reason for saying no.",
        max_length=300,
        required=False,
    )


class NotesForm(WrittenTogether, GovukForm, forms.ModelForm):
    """Their words by question, and what the pair makes of them."""

    class Meta:
        model = FamilyFeedback
        fields = NOTED
        labels = {
            "noticed": "What you noticed, apart from their words",
            "main_points": "Main points",
            "agrees": "Where do they see it as the audit does?",
            "differs": "Where do they see it differently?",
            "harm_passed_on": "Something about harm was said, and I have passed it on",
        }
        help_texts = {
            "main_points": "The worker reads this in the audit: what matters, without their exact words "
            "and without anything that could reach somebody whom it might endanger.",
            "differs": "The difference is often the most useful line of the audit.",
            "harm_passed_on": "By the safeguarding route, the same hour. Do not write it here: say only that "
            "it was done.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry_mark(notes_of(self.instance).texts)
        self.answers = list(self.instance.answers.all())
        for answer in self.answers:
            field = _words(answer.question, required=False, rows=3)
            field.initial = answer.words
            self.fields[f"answer_{answer.pk}"] = field

    def show_both(self, theirs: Mapping[str, Any]) -> None:
        """Both texts; and that harm was passed on stays said, whoever of the two said it."""
        super().show_both(theirs)
        if theirs["harm_passed_on"]:
            self.data["harm_passed_on"] = "on"

    def answer_fields(self) -> list[Any]:
        return [self[f"answer_{answer.pk}"] for answer in self.answers]

    def notes(self) -> Notes:
        cleaned = self.cleaned_data
        return Notes(
            answers={row.pk: cleaned[f"answer_{row.pk}"] for row in self.answers},
            **{name: cleaned[name] for name in NOTED},
        )


class ThemeForm(GovukForm, forms.Form):
    theme = ThemeField(label="Theme", empty_label="Choose one")
    view = forms.TypedChoiceField(
        label="How does it stand to the audit?",
        choices=SharedView.choices,
        coerce=SharedView,
        widget=forms.RadioSelect,
    )


class QuoteForm(GovukForm, forms.ModelForm):
    class Meta:
        model = AgreedQuote
        fields = ["words", "agreed_on"]
        labels = {"words": "Words that they agreed to", "agreed_on": "When did they agree?"}
        help_texts = {"words": "Without names, places or anything else that could give them away."}
        widgets = {"words": forms.Textarea(attrs={"rows": 2}), "agreed_on": DayMonthYearInput}
