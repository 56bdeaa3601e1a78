"""How recommendations are shown: a row of the list, the facts of one, the ways to narrow."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from learning.forms import GovukForm
from learning.recommendations.models import Recommendation
from learning.recommendations.origins import origin_of
from learning.recommendations.register import WHOSE, Register, possible_choices
from learning.recommendations.states import DerivedStatus
from learning.recommendations.status_days import StatusDays
from learning.vocabulary.choices import RecommendationLevel

COLOURS = {
    DerivedStatus.OVERDUE: "orange",
    DerivedStatus.DUE_SOON: "yellow",
    DerivedStatus.ON_TRACK: "teal",
    DerivedStatus.AWAITING_VERIFICATION: "purple",
    DerivedStatus.VERIFIED: "green",
    DerivedStatus.IMPACT_PENDING: "blue",
    DerivedStatus.IMPACT_SHOWN: "green",
}


@dataclass(frozen=True)
class Row:
    """One recommendation in the list. Words about one case stand on its own page, where each look is logged."""

    recommendation: Recommendation
    status: DerivedStatus

    @property
    def colour(self) -> str:
        return COLOURS.get(self.status, "grey")

    @property
    def title(self) -> str:
        recommendation = self.recommendation
        if not recommendation.is_of_one_case:
            return str(recommendation.action)
        return (
            f"{recommendation.get_action_type_display()}, in the audit {recommendation.submission}"
        )


def rows_of(recommendations: Iterable[Recommendation], days: StatusDays) -> list[Row]:
    return [Row(row, row.status(days)) for row in recommendations]


def facts_of(recommendation: Recommendation) -> list[dict[str, str]]:
    """Who, by when, from where."""
    facts = [
        ("Status", _status_words(recommendation)),
        ("Owner", str(recommendation.owner)),
        ("Due", f"{recommendation.due_date:%-d %B %Y}"),
        ("How far it reaches", recommendation.get_level_display()),
        ("Kind of action", recommendation.get_action_type_display()),
        ("Themes", ", ".join(theme.label for theme in recommendation.themes.all()) or "None"),
        ("From", origin_of(recommendation)),
    ]
    if recommendation.was_extended:
        facts.insert(3, ("Due at issue", f"{recommendation.original_due_date:%-d %B %Y}"))
    if recommendation.superseded_by is not None:
        facts.insert(1, ("Superseded by", recommendation.superseded_by.ref))
    return [{"key": key, "value": value} for key, value in facts]


def _status_words(recommendation: Recommendation) -> str:
    words = recommendation.status().label
    return f"{words}, escalated to senior manager" if recommendation.is_escalated else words


class NarrowingForm(GovukForm, forms.Form):
    """What the register is narrowed to; the choices are those that fit what the person may read."""

    level = forms.ChoiceField(label="How far it reaches", required=False)
    cycle = forms.ChoiceField(label="Cycle", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    escalated = forms.BooleanField(label="Only those escalated to a senior manager", required=False)


def narrowing_form(user: Any, register: Register) -> NarrowingForm:
    wanted = register.wanted
    initial = {name: getattr(wanted, name) for name in NarrowingForm.base_fields}
    form = NarrowingForm(initial=initial)
    choices = {"level": RecommendationLevel.choices, **possible_choices(user)}
    for name, options in choices.items():
        form.fields[name].choices = [("", "All"), *options]  # type: ignore[attr-defined]
    return form


def whose_tabs(register: Register, query: QueryDict) -> list[dict[str, Any]]:
    return [
        _tab(label, register.counts_of_whose[whose], query, whose == register.whose, whose=whose)
        for whose, label in WHOSE.items()
    ]


def status_tabs(register: Register, query: QueryDict) -> list[dict[str, Any]]:
    """All, and each status that some have."""
    counts, chosen = register.status_counts, register.wanted.status
    tabs = [_tab("All", sum(counts.values()), query, not chosen, status="")]
    return tabs + [
        _tab(status.label, count, query, status.value == chosen, status=status.value)
        for status, count in counts.items()
        if count or status.value == chosen
    ]


def _tab(title: str, count: int, query: QueryDict, current: bool, **change: str) -> dict[str, Any]:
    changed = query.copy()
    changed.pop("page", None)
    for name, value in change.items():
        changed[name] = value
    return {
        "title": title, "count": count, "current": current, "url": f"?{changed.urlencode()}",
    }  # fmt: skip
