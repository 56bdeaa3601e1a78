"""What people say about a drawn case: whose it is, why it falls out, whether it is prepared, who audits it."""

from typing import Any

from django import forms
from django.utils.html import escape

from learning.forms import GovukForm
from learning.programme.fields import PersonField
from learning.programme.models import AuditPair, AuditTeamMember
from learning.selection.allocating import Proposal
from learning.selection.keys import KeyReason
from learning.selection.models import SampledCase
from learning.selection.preparing import Attendance, Recording
from learning.selection.states import ExclusionReason


class WorkerForm(GovukForm, forms.Form):
    """Whose case it is."""

    worker = PersonField(
        label="The worker", help_text="Full name or e-mail address of a colleague in the portal."
    )


class OutOfSampleForm(GovukForm, forms.Form):
    """Why a drawn case cannot be audited."""

    reason = forms.ChoiceField(
        label="Why",
        choices=[(r.value, r.label) for r in ExclusionReason if r != ExclusionReason.NO_AREA],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In a few words", max_length=300, help_text="What the lead should know. No names."
    )


class KeyForm(GovukForm, forms.Form):
    """Why somebody needs to know which child it is."""

    reason = forms.ChoiceField(
        label="Why do you need it?", choices=KeyReason.choices, widget=forms.RadioSelect
    )


class PreparationForm(GovukForm, forms.Form):
    """What the worker confirms (domain.md A7–A8): one of the two or both, now or later."""

    NEITHER = "neither"
    recording = forms.ChoiceField(
        label="Is the recording up to date?",
        choices=[("yes", "Yes, it is up to date"), ("no", "No, and it will not be by then")],
        widget=forms.RadioSelect,
        required=False,
    )
    recording_words = forms.CharField(
        label="What is missing, and why",
        max_length=300,
        required=False,
        help_text="Only if it is not up to date. No names.",
    )
    day = forms.ChoiceField(
        label="When can you talk with the auditors?",
        widget=forms.RadioSelect,
        help_text="About an hour, in the afternoon.",
        required=False,
    )
    attendance_words = forms.CharField(
        label="Another time, or why not",
        max_length=300,
        required=False,
        help_text="Only if you can come on neither day.",
    )

    def __init__(self, *args: Any, case: SampledCase, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": _said_before(case)} | kwargs))
        self.days = {str(day.pk): day for day in case.cycle.days.all()}
        choices = [(key, f"{day.date:%A %-d %B %Y}") for key, day in self.days.items()]
        field: Any = self.fields["day"]
        field.choices = [*choices, (self.NEITHER, "On neither of these days")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("recording") or cleaned.get("day")):
            self.add_error("recording", "Answer this, or say when you can talk.")
        if cleaned.get("recording") == "no" and not cleaned.get("recording_words"):
            self.add_error("recording_words", "Say what is missing, and why.")
        if cleaned.get("day") == self.NEITHER and not cleaned.get("attendance_words"):
            self.add_error("attendance_words", "Say when else you could, or why you cannot.")
        return cleaned

    def recording_said(self) -> Recording | None:
        """The answer, where there is one that was not given before."""
        said = self.cleaned_data["recording"]
        if not said or not {"recording", "recording_words"} & set(self.changed_data):
            return None
        return Recording(
            said == "yes", self.cleaned_data["recording_words"] if said == "no" else ""
        )

    def attendance_said(self) -> Attendance | None:
        """The answer, where there is one that was not given before."""
        said = self.cleaned_data["day"]
        if not said or not {"day", "attendance_words"} & set(self.changed_data):
            return None
        words = self.cleaned_data["attendance_words"] if said == self.NEITHER else ""
        return Attendance(self.days.get(said), words)


def _said_before(case: SampledCase) -> dict[str, str]:
    """What the worker has confirmed already, as the form shows it."""
    found = {}
    if recording := case.recording:
        found["recording"] = "no" if recording.is_exception else "yes"
        found["recording_words"] = recording.words
    if attendance := case.attendance:
        found["day"] = str(attendance.day_id or PreparationForm.NEITHER)
        found["attendance_words"] = attendance.words
    return found


class AllocationForm(GovukForm, forms.Form):
    """A pair for each case; pairs that must not have it are not offered."""

    def __init__(
        self, *args: Any, proposals: list[Proposal], pairs: list[AuditPair], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals, self.pairs = proposals, {str(pair.pk): pair for pair in pairs}
        for proposal in proposals:
            free = [pair for pair in pairs if not proposal.refused[pair.pk]]
            self.fields[f"case_{proposal.case.pk}"] = forms.ChoiceField(
                label=f"{proposal.case.ref}, {proposal.case.area}",
                required=False,
                choices=[("", "Not yet"), *((str(pair.pk), _named(pair)) for pair in free)],
                initial=str(proposal.pair.pk) if proposal.pair else "",
                help_text="" if free else _why_nobody(proposal),
            )

    def chosen(self) -> list[tuple[SampledCase, AuditPair]]:
        found = []
        for proposal in self.proposals:
            pair = self.pairs.get(self.cleaned_data[f"case_{proposal.case.pk}"])
            if pair is not None:
                found.append((proposal.case, pair))
        return found


class AnotherPairForm(GovukForm, forms.Form):
    """Which pair takes a case over, and why."""

    pair = forms.ChoiceField(label="Which pair", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why", max_length=300, help_text="It is kept with the case. No names."
    )

    def __init__(self, *args: Any, pairs: list[AuditPair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = {str(pair.pk): pair for pair in pairs}
        field: Any = self.fields["pair"]
        field.choices = [(key, _named(pair)) for key, pair in self.pairs.items()]

    def chosen(self) -> AuditPair:
        return self.pairs[self.cleaned_data["pair"]]


class ExchangeForm(GovukForm, forms.Form):
    """Who leaves a pair, who takes the place, and why."""

    leaves = forms.ModelChoiceField(
        queryset=AuditTeamMember.objects.none(),
        label="Who leaves",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    newcomer = forms.ModelChoiceField(
        queryset=AuditTeamMember.objects.none(),
        label="Who steps in",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = forms.CharField(
        label="Why", max_length=300, help_text="It is kept with the pair and its cases. No names."
    )

    def __init__(
        self, *args: Any, pair: AuditPair, free: list[AuditTeamMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        leaves: Any = self.fields["leaves"]
        newcomer: Any = self.fields["newcomer"]
        leaves.queryset = pair.members.select_related("person")
        team = pair.cycle.team.select_related("person")
        newcomer.queryset = team.filter(pk__in=[member.pk for member in free])


def _why_nobody(proposal: Proposal) -> str:
    """Why no pair may have the case, each reason once."""
    reasons = dict.fromkeys(sentence for said in proposal.refused.values() for sentence in said)
    return escape(f"No pair may have this case. {' '.join(reasons)}")


def _named(pair: AuditPair) -> str:
    return f"{pair}: {', '.join(str(person) for person in pair.people)}"
