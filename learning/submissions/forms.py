"""Forms of the pair, the lead and the worker."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from learning.forms import DayMonthYearInput, GovukForm
from learning.submissions.describing import HEADER
from learning.submissions.models import (
    Addendum,
    ConversationQuestion,
    EvaluativeStatement,
    RecordingGap,
    SectionEntry,
    WorkerReply,
)
from learning.submissions.states import MonthsOpen, ParticipantRole, SourceRead
from learning.submissions.talking import RECORDED, Talk
from learning.submissions.together import WrittenTogether
from learning.submissions.writing import MOST_THEMES, SectionText
from learning.vocabulary.choices import AgeBand
from learning.vocabulary.models import Theme
from learning.vocabulary.picking import ThemesField

LONGEST_BOX = 20_000
TOO_LONG = (
    "This box holds at most %(limit_value)s characters, and these are %(show_value)s. Say it shorter, or say a "
    "part of it in another section."
)


class OpenForm(GovukForm, forms.Form):
    no_link = forms.BooleanField(
        label="I have no link to this child, this family or this worker",
        help_text="If you have one, or are not sure, do not open the case: tell the lead.",
        error_messages={"required": "Tick this if it is so. If it is not, tell the lead."},
    )


class AboutForm(WrittenTogether, GovukForm, forms.Form):
    """The header of the audit: two bands, and what was read. Nothing in it is typed."""

    age_band = forms.ChoiceField(
        label="How old is the child?",
        choices=[("", "Choose a band"), *AgeBand.choices],
        required=False,
    )
    months_open = forms.ChoiceField(
        label="How long has the case been open?",
        help_text="Without a break until now.",
        choices=[("", "Choose a band"), *MonthsOpen.choices],
        required=False,
    )
    sources_read = forms.MultipleChoiceField(
        label="What have you read?",
        choices=SourceRead.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, header: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = header
        self.carry_mark(header)

    def header(self) -> dict[str, Any]:
        """What was chosen, as `describe_case` takes it."""
        return {name: self.cleaned_data[name] for name in HEADER}


class SectionForm(GovukForm, forms.ModelForm):
    """The five boxes of a section, from the version that they were read at."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = SectionEntry
        fields = [*SectionEntry.BOXES, "not_relevant", "not_relevant_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SectionEntry.BOXES:
            field = self.fields[name]
            field.widget.attrs |= {"rows": 5, "maxlength": LONGEST_BOX, "spellcheck": "true"}
            field.strip = False  # type: ignore[attr-defined]
            field.validators.append(MaxLengthValidator(LONGEST_BOX, TOO_LONG))

    def text(self) -> SectionText:
        """What was typed. A browser sends line ends of its own kind: they are made one kind."""
        cleaned = self.cleaned_data
        return SectionText(
            {name: cleaned[name].replace("\r\n", "\n") for name in SectionEntry.BOXES},
            cleaned["not_relevant"],
            cleaned["not_relevant_reason"],
        )


class StatementForm(GovukForm, forms.ModelForm):
    themes = ThemesField(required=False, most=MOST_THEMES, help_text=f"Up to {MOST_THEMES}.")

    class Meta:
        model = EvaluativeStatement
        fields = ["kind", "text", "themes"]
        help_texts = {
            "kind": "An immediate concern goes to the lead at once, in these words.",
            "text": "Claim, evidence, meaning: “… because … which means for this child …”.",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, likely: Iterable[Theme] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = EvaluativeStatement._meta.get_field("kind").choices  # type: ignore[attr-defined]
        self.fields["themes"].put_first(likely)  # type: ignore[attr-defined]


class QuestionForm(GovukForm, forms.ModelForm):
    class Meta:
        model = ConversationQuestion
        fields = ["text"]
        labels = {"text": "What do you want to explore?"}
        help_texts = {"text": "Ask why before you decide that something was wrong."}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class ConversationForm(WrittenTogether, GovukForm, forms.Form):
    """What came out of the talk, with a reason for each question of the plan."""

    held_on = forms.DateField(label="When was it?", widget=DayMonthYearInput)
    participants = forms.MultipleChoiceField(
        label="Who took part, beside the two of you?",
        help_text="Roles only: no names.",
        choices=ParticipantRole.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one."},
    )
    proud_of = forms.CharField(
        label="What are they proud of?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    in_the_way = forms.CharField(
        label="What got in the way, and what would help?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    light_bulb = forms.CharField(
        label="Was there a light-bulb moment?",
        help_text="Something that they, or you, saw in a new way.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    light_bulb_consent = forms.BooleanField(
        label="The worker agrees that this moment may help others to learn",
        help_text="Without names, and only after somebody has rewritten and checked it.",
        required=False,
    )

    def __init__(self, *args: Any, standing: Talk | None, questions: Any, **kwargs: Any) -> None:
        recorded: dict[str, Any] = standing.texts if standing else {}
        super().__init__(*args, **kwargs)
        self.initial = recorded
        self.carry_mark(recorded)
        self.questions = list(questions)
        for number, question in enumerate(self.questions, start=1):
            self.fields[f"reason_{question.pk}"] = forms.CharField(
                label=f"Why it was done that way: question {number}",
                help_text="The worker’s reasons, in their sense. What the record shows stays in the sections.",
                initial=question.why_decided,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )

    def talk(self) -> Talk:
        """What the pair brings back."""
        cleaned = self.cleaned_data
        reasons = {row.pk: cleaned[f"reason_{row.pk}"] for row in self.questions}
        return Talk(**{name: cleaned[name] for name in RECORDED}, reasons=reasons)

    def questions_and_fields(self) -> list[tuple[ConversationQuestion, Any]]:
        return [(row, self[f"reason_{row.pk}"]) for row in self.questions]


class NotHeldForm(GovukForm, forms.Form):
    reason = forms.CharField(
        label="Why could the worker not be met?",
        help_text="For example: off sick, and nobody else knows the child.",
        max_length=300,
    )


class GapForm(GovukForm, forms.ModelForm):
    class Meta:
        model = RecordingGap
        fields = ["kind", "text"]
        labels = {"kind": "What is it about?", "text": "What did the worker know?"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class UrgentForm(GovukForm, forms.Form):
    is_concern = forms.TypedChoiceField(
        label="Is there anything that cannot wait until this audit is finished?",
        choices=[("no", "No"), ("yes", "Yes: the lead should know now")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    words = forms.CharField(
        label="If yes: what did you see, and where?",
        help_text="A sentence or two, no names. The lead and the senior manager who has to act read it. Leave "
        "it empty if there is no time: saying yes comes first, and you can write it afterwards.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
    )


class MoreAboutConcernForm(GovukForm, forms.Form):
    """What the pair has to add once the lead knows."""

    words = forms.CharField(
        label="Add something for the lead",
        help_text="What you saw and where, and what you do not know. No names. The lead and whoever has to "
        "act read it; it stays as you write it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
        error_messages={"required": "Write what the lead should know."},
    )


class ConfirmForm(GovukForm, forms.Form):
    hours = forms.DecimalField(
        label="How many hours have you spent on this audit?",
        help_text="Roughly: 5.5 for five and a half. It helps the service to weigh what audits cost.",
        min_value=0,
        max_value=99,
        decimal_places=1,
        required=False,
    )
    hints_reason = forms.CharField(
        label="Why the wording stays as it is",
        help_text="Only if hints are left above.",
        max_length=300,
        required=False,
    )


class ReviewForm(GovukForm, forms.Form):
    words = forms.CharField(
        label="To the pair",
        help_text="What was helpful, or what they should look at again. It is needed when you send it back.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class ReplyForm(GovukForm, forms.ModelForm):
    class Meta:
        model = WorkerReply
        fields = ["facts", "reflection"]
        labels = {
            "facts": "Is anything not factually right?",
            "reflection": "What do you make of it yourself?",
        }
        help_texts = {
            "facts": "Say what it is, and what would be right.",
            "reflection": "In your own words. It stands beside the audit and changes nothing in it.",
        }


class AddendumForm(GovukForm, forms.ModelForm):
    class Meta:
        model = Addendum
        fields = ["text", "reason"]
        labels = {"text": "What is to be added?", "reason": "Why now?"}
