"""What people fill in about reports and boards."""

from typing import Any

from django import forms

from learning.access.matrix import Right
from learning.forms import DayMonthYearInput, GovukForm, words_field
from learning.people.choosing import PeopleChoiceField
from learning.people.models import StaffMember
from learning.reports.board_models import Board, BoardConsideration
from learning.reports.models import ReportAddendum
from learning.reports.parts import Part

LONGEST = 20000


class PartForm(GovukForm, forms.Form):
    """The words of one part; the template sends the version that the writer began from beside them."""

    text = forms.CharField(
        label="What this part says",
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            f"{part.ask} An empty line begins a new paragraph. No names, no grades, nothing by which a "
            "child or family could be known."
        )


class AnswerEarlierForm(GovukForm, forms.Form):
    words = words_field(
        "Where it stands",
        "What has been done, what stands in the way, what happens next. If it is about one case, say "
        "nothing of the case itself.",
        "Say where it stands.",
        rows=5,
        longest=LONGEST,
    )


class SignForm(GovukForm, forms.Form):
    """The lead's signature, and why what is marked stays."""

    full_name = forms.CharField(
        label="Your full name",
        max_length=200,
        help_text="Type it as your signature under this report. It never changes after that.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type your full name."},
    )
    reason = words_field(
        "Why they stay as they are",
        "Only if what stands above is right as it is.",
        rows=2,
        longest=300,
    )

    def __init__(self, *args: Any, has_marks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_marks:
            del self.fields["reason"]


class AddendumForm(GovukForm, forms.ModelForm):
    """What is added to a signed report, and why."""

    text = words_field(
        "What is to be added?",
        "A correction, or what a board asked for. No names, no grades, nothing by which a child or family "
        "could be known.",
        "Write what is to be added.",
        rows=6,
        longest=LONGEST,
    )

    class Meta:
        model = ReportAddendum
        fields = ["text", "reason"]
        labels = {"reason": "Why?"}
        error_messages = {"reason": {"required": "Say why it is added."}}


class ConsiderForm(GovukForm, forms.ModelForm):
    """What a board made of a report."""

    considered_on = forms.DateField(
        label="When the board considered it",
        widget=DayMonthYearInput,
        help_text="The day of the meeting. For example, 14 3 2027.",
        error_messages={
            "required": "Give the day of the meeting.",
            "invalid": "Give the date as day, month and year, such as 14 3 2027.",
        },
    )
    minute = words_field(
        "From the minutes",
        "What was said and decided, as the minutes have it. Nothing about a case.",
        "Write what the board decided.",
        rows=5,
        longest=LONGEST,
    )

    class Meta:
        model = BoardConsideration
        fields = ["considered_on", "decision", "minute"]
        labels = {"decision": "What the board made of it"}
        widgets = {"decision": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = self.fields["decision"]
        decision.required = True
        decision.choices = [c for c in decision.choices if c[0]]  # type: ignore[attr-defined]
        decision.error_messages["required"] = "Choose one."


class AskForm(GovukForm, forms.Form):
    text = words_field(
        "Your question",
        "What the board wants to know.",
        "Write the question.",
        longest=LONGEST,
    )


class AnswerForm(GovukForm, forms.Form):
    answer = words_field(
        "Your answer",
        "The board reads it beside its question, and it does not change after that.",
        "Write the answer.",
        rows=5,
        longest=LONGEST,
    )


class BoardForm(GovukForm, forms.ModelForm):
    """A body that considers reports, and who sits on it."""

    members = PeopleChoiceField(
        queryset=StaffMember.objects.none(),
        required=False,
        label="Who sits on it",
        widget=forms.CheckboxSelectMultiple,
        help_text="Senior managers and board members with an account. One of them records what it decides.",
    )

    class Meta:
        model = Board
        fields = ["name", "kind", "order", "is_active", "members"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [role.label for role in Right.CONSIDER_REPORT.value.roles]
        people = StaffMember.objects.filter(is_active=True, groups__name__in=names).distinct()
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
