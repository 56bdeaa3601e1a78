"""What people fill in about spot checks."""

from typing import Any

from django import forms
from django.utils import timezone

from learning.forms import GovukForm, words_field
from learning.people.models import StaffMember
from learning.proforma.keys import OVERALL
from learning.programme.models import AuditCycle
from learning.programme.permissions import conflicts_with
from learning.programme.settings import AuditSettings
from learning.programme.states import BEFORE_THE_DAYS
from learning.selection.keys import KeyReason
from learning.spot_checks.models import SpotCheck
from learning.spot_checks.selectors import sections_shown
from learning.spot_checks.services import Written
from learning.submissions.forms import UrgentForm
from learning.vocabulary.choices import SubmissionStatementKind
from learning.vocabulary.models import Theme

MOST_CASES = 12
THEME_FIELDS = (("theme", "Theme"), ("other_theme", "Another theme"))


class RoundForm(GovukForm, forms.Form):
    """For which cycle's report, and how many cases."""

    cycle = forms.ModelChoiceField(
        queryset=AuditCycle.objects.none(),
        label="Into which cycle’s report they go",
        empty_label="Choose a cycle",
        help_text="The next one whose days are still to come.",
        error_messages={"required": "Choose a cycle."},
    )
    cases_asked = forms.IntegerField(
        label="How many cases",
        min_value=1,
        max_value=MOST_CASES,
        help_text="A few: of fewer than five the report says nothing but that there were some.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Say how many.", "invalid": "Give a whole number, such as 6."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = AuditCycle.objects.filter(state__in=BEFORE_THE_DAYS).order_by("ref")
        self.fields["cycle"].queryset = coming  # type: ignore[attr-defined]


def prepared_people(check: SpotCheck) -> list[StaffMember]:
    """Who may make this check today: prepared, and nobody of the case's own team."""
    months, today = AuditSettings.load().readiness_months, timezone.localdate()
    people = StaffMember.objects.filter(is_active=True, readiness__isnull=False)
    found = people.select_related("readiness", "team").order_by("last_name", "first_name")
    if check.team is not None:
        found = found.exclude(team=check.team)
    return [
        one
        for one in found
        if one.readiness.counts_on(today, months)
        and not (check.worker and conflicts_with(one, check.worker))
    ]


class GiveForm(GovukForm, forms.Form):
    """The one or two people who make a check; those who must not are not offered."""

    auditors = forms.ModelMultipleChoiceField(
        queryset=StaffMember.objects.none(),
        label="Who makes it",
        help_text="One or two. Listed are those who are prepared to audit and have no link to the case or "
        "its team.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one or two people."},
    )

    def __init__(self, *args: Any, check: SpotCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [one.pk for one in prepared_people(check)]
        people = StaffMember.objects.filter(pk__in=allowed)
        self.fields["auditors"].queryset = people  # type: ignore[attr-defined]


class WriteForm(GovukForm, forms.Form):
    """All sections of the light form on one page, each with two boxes, a kind and themes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, check: SpotCheck, **kwargs: Any) -> None:
        self.shown = sections_shown(check, with_hints=True)
        kwargs["initial"] = self._initial(check)
        super().__init__(*args, **kwargs)
        themes = [(theme.pk, theme.label) for theme in Theme.objects.filter(is_active=True)]
        for one in self.shown:
            self._add(one.section, themes)

    def _initial(self, check: SpotCheck) -> dict[str, Any]:
        initial: dict[str, Any] = {"version": check.version}
        for one in self.shown:
            if one.entry:
                key = one.section.key
                initial[f"{key}-saw"], initial[f"{key}-means"] = one.entry.saw, one.entry.means
                initial[f"{key}-kind"] = one.entry.kind
                for (name, _), theme in zip(THEME_FIELDS, one.entry.themes.all(), strict=False):
                    initial[f"{key}-{name}"] = theme.pk
        return initial

    def _add(self, section: Any, themes: list[tuple[int, str]]) -> None:
        if section.key != OVERALL:
            self.fields[f"{section.key}-saw"] = words_field("What we saw", "", rows=3)
        self.fields[f"{section.key}-means"] = words_field("What it means for this child", "")
        self.fields[f"{section.key}-kind"] = forms.ChoiceField(
            label="Which kind of statement is that?",
            required=False,
            choices=[("", "Not chosen yet"), *SubmissionStatementKind.choices],
        )
        for name, label in THEME_FIELDS:
            self.fields[f"{section.key}-{name}"] = forms.TypedChoiceField(
                label=label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "None"), *themes],
            )

    def parts(self) -> list[tuple[Any, list[Any], list[Any]]]:
        """Each section with its fields and hints, for the page."""
        return [
            (
                one.section,
                [self[name] for name in self.fields if name.startswith(f"{one.section.key}-")],
                one.hints,
            )
            for one in self.shown
        ]

    def written(self) -> dict[str, Written]:
        """What the step takes."""
        themes = {theme.pk: theme for theme in Theme.objects.all()}
        return {
            one.section.key: Written(
                saw=self._of(one, "saw") or "",
                means=self._of(one, "means"),
                kind=self._of(one, "kind"),
                themes=[themes[pk] for name, _ in THEME_FIELDS if (pk := self._of(one, name))],
            )
            for one in self.shown
        }

    def _of(self, one: Any, name: str) -> Any:
        return self.cleaned_data.get(f"{one.section.key}-{name}")


class CheckUrgentForm(UrgentForm):
    """The urgent question of an audit, asked about a spot check."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_concern"].label = "Is there an immediate concern about this child?"


class ReviewForm(GovukForm, forms.Form):
    """What the lead makes of it."""

    outcome = forms.ChoiceField(
        label="What comes of it",
        choices=[("signed_off", "Sign it off"), ("returned", "Send it back with questions")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    words = words_field(
        "To those who made it",
        "When you send it back, say what they should look at again.",
        longest=2000,
    )


class SetAsideForm(GovukForm, forms.Form):
    reason = forms.CharField(
        label="Why it is not made",
        max_length=300,
        help_text="For example: the case has closed. Name nobody.",
        error_messages={"required": "Say why."},
    )


class KeyForm(GovukForm, forms.Form):
    reason = forms.ChoiceField(
        label="Why you look it up",
        choices=KeyReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )
