"""The hours of one person for one cycle, an activity a line."""

from decimal import Decimal
from typing import Any

from django import forms

from learning.forms import GovukForm
from learning.hours.models import Activity

MOST = 300


class HoursForm(GovukForm, forms.Form):
    """One number for each activity; what is left empty counts as none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Activity:
            self.fields[kind.value] = _hours_field(str(kind.label))

    def hours(self) -> dict[str, Decimal | None]:
        return {kind.value: self.cleaned_data.get(kind.value) for kind in Activity}


def _hours_field(label: str) -> forms.DecimalField:
    field = forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        decimal_places=1,
        max_digits=4,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "class": "govuk-input--width-4", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": "Give hours as a number: 2.5 for two and a half.",
            "min_value": "Hours cannot be less than none.",
            "max_value": f"More than {MOST} hours cannot be: give those of this cycle alone.",
            "max_decimal_places": "Half hours are exact enough: 2.5.",
        },
    )
    field.may_wait = True  # type: ignore[attr-defined]
    return field
