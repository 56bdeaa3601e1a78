"""Forms about who audits: offers, members, pairs, links, readings, preparation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.forms import DayMonthYearInput, GovukForm
from learning.people.choosing import teams_to_choose
from learning.people.models import Team
from learning.programme.fields import PeopleField, PersonField
from learning.programme.models import (
    AuditorExpression,
    AuditorReadiness,
    AuditPair,
    AuditTeamMember,
    PreparationReview,
)
from learning.programme.readings import Reading


class VolunteerForm(GovukForm, forms.ModelForm):
    """An offer to audit."""

    class Meta:
        model = AuditorExpression
        fields = ["words", "is_first_time"]
        help_texts = {"words": "A sentence is enough. It is read by those who make the team."}


class AddMemberForm(GovukForm, forms.Form):
    """Somebody to be asked, who has not offered by themselves."""

    person = PersonField(
        label="Colleague", help_text="Full name or e-mail address.", max_length=200
    )


class PairForm(GovukForm, forms.Form):
    """Two people, or three, who audit together."""

    members = forms.ModelMultipleChoiceField(
        queryset=AuditTeamMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Who audits together",
        help_text="Two people; three when somebody is learning. One of them should have audited before.",
        error_messages={"required": "Tick two people."},
    )
    reason_for_mix = forms.CharField(
        label=AuditPair._meta.get_field("reason_for_mix").verbose_name.capitalize(),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = members  # type: ignore[attr-defined]

    def clean_members(self) -> Any:
        members = self.cleaned_data["members"]
        if not 2 <= len(members) <= 3:
            raise ValidationError("A pair is two people, or three: nobody audits alone.")
        return members


class ExplainPairForm(GovukForm, forms.Form):
    """Why two who are alike audit together."""

    reason = forms.CharField(label="Why these two audit together", max_length=300)


class RemoveMemberForm(GovukForm, forms.Form):
    """Why somebody leaves the team."""

    reason = forms.CharField(label="Why", max_length=300, help_text="Kept with the change.")


class LinksForm(GovukForm, forms.Form):
    """Whose work somebody should not audit. Own work and the own team's are known already."""

    workers = PeopleField(
        label="Colleagues whose cases you should not audit",
        required=False,
        help_text="Full name or e-mail address, one a line: family, friends, somebody you managed.",
    )
    teams = forms.ModelMultipleChoiceField(
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Teams whose cases you should not audit",
        required=False,
        help_text="For example one that you worked in until lately.",
    )
    words = forms.CharField(
        label="Anything else that the lead should know",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Families that you know, for example. Read by the lead and the QA officers only. "
        "Say that there is a link; a child’s name is not needed.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = self.initial.get("teams", [])
        self.fields["teams"].queryset = teams_to_choose(*(team.pk for team in declared))  # type: ignore[attr-defined]


def links_declared(member: AuditTeamMember) -> dict[str, Any]:
    """What the member has declared, as the form shows it."""
    conflicts = list(member.conflicts.select_related("worker", "team"))
    workers = [conflict.worker.email for conflict in conflicts if conflict.worker]
    return {
        "workers": "\n".join(workers),
        "teams": [conflict.team for conflict in conflicts if conflict.team],
        "words": member.links,
    }


class AcknowledgeForm(GovukForm, forms.Form):
    """Ticks for what has been read, each for one wording."""

    revisions = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        label="I have read and will keep to",
        error_messages={
            "required": "Tick what you have read.",
            "invalid_choice": "The wording has changed since you opened this page. Read it again.",
        },
    )

    def __init__(self, *args: Any, readings: list[Reading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(reading.revision_id, reading.title) for reading in readings]
        self.fields["revisions"].choices = choices  # type: ignore[attr-defined]


class ReadinessForm(GovukForm, forms.ModelForm):
    """When somebody read the modules and attended a briefing."""

    class Meta:
        model = AuditorReadiness
        fields = ["modules_read_on", "briefing_attended_on"]
        widgets = dict.fromkeys(fields, DayMonthYearInput)
        help_texts = {
            "modules_read_on": "The day on which the last of the core modules was read.",
            "briefing_attended_on": "The day of the briefing.",
        }

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        for name in self.fields:
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, "This day has not come yet.")
        return cleaned


class PreparationReviewForm(GovukForm, forms.ModelForm):
    """The yearly look at how auditors are prepared."""

    class Meta:
        model = PreparationReview
        fields = ["reviewed_on", "words", "changes"]
        widgets = {
            "reviewed_on": DayMonthYearInput,
            "words": forms.Textarea(attrs={"rows": 5}),
            "changes": forms.Textarea(attrs={"rows": 5}),
        }
