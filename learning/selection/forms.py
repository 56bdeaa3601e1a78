"""What a QA officer says about a list and a draw."""

from collections.abc import Mapping
from typing import Any

from django import forms

from learning.forms import GovukForm
from learning.selection.draw import Candidate
from learning.selection.drawing import Plan, areas_without
from learning.selection.frames.mapped import Columns
from learning.selection.states import ExclusionReason, SelectionRoute
from learning.spreadsheets import MAX_FILE_BYTES
from learning.vocabulary.models import AreaOfWork

NOT_BY_HAND = (
    ExclusionReason.AUDITED_RECENTLY,
    ExclusionReason.CLOSED,
    ExclusionReason.NO_AREA,
    ExclusionReason.SIBLING,
)


class FileForm(GovukForm, forms.Form):
    """The council's list."""

    file = forms.FileField(
        label="File",
        help_text="An Annex A workbook (.xlsx), or a table of your own as .xlsx or CSV with one child a row. "
        "Names, dates of birth and addresses are not kept, and neither is the file.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"empty": "The file is empty."},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB. Leave out what is not needed."
            )
        file.seek(0)  # two forms may read the same file
        return file.read()


COLUMN_LABELS = {
    "council_id": "The child's number",
    "area": "Area of work",
    "team": "Team",
    "worker": "Worker",
    "family": "Number of the family",
    "opened": "When work began",
    "ended": "When work ended",
}


class ColumnsForm(FileForm):
    """Which column of the council's own table holds what. The file is chosen again: no copy was kept."""

    def __init__(self, *args: Any, titles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "No such column")]
        choices += [
            (str(place), title or f"Column {place + 1}") for place, title in enumerate(titles)
        ]
        for name, label in COLUMN_LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=name == "council_id"
            )
        areas = AreaOfWork.objects.filter(is_active=True)
        self.fields["one_area"] = forms.ChoiceField(
            label="Area of work of all rows",
            required=False,
            help_text="Only where no column says it.",
            choices=[("", "A column says it"), *((area.code, area.label) for area in areas)],
        )
        self.fields["file"].label = "The same file again"
        self.order_fields([*COLUMN_LABELS, "one_area", "file"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("area") and not cleaned.get("one_area"):
            self.add_error(
                "area", "Say which column holds the area of work, or give one for all rows."
            )
        return cleaned

    def columns(self) -> Columns:
        chosen = {name: self.cleaned_data[name] for name in COLUMN_LABELS}
        places = {name: int(place) if place else None for name, place in chosen.items()}
        return Columns(**places, one_area=self.cleaned_data["one_area"])  # type: ignore[arg-type]


class LeaveOutForm(GovukForm, forms.Form):
    """A case that must not be drawn."""

    council_id = forms.CharField(
        label="The child's number",
        max_length=40,
        help_text="As it stands in your list. It is used to find the case, and is not shown again.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label="Why",
        choices=[(r.value, r.label) for r in ExclusionReason if r not in NOT_BY_HAND],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In a few words",
        max_length=300,
        required=False,
        help_text="Needed for another reason. No names.",
    )


class PutBackForm(GovukForm, forms.Form):
    """Which stratum of its own."""

    route = forms.ChoiceField(
        label="What for",
        choices=[
            (SelectionRoute.THEMED.value, "The theme of this cycle"),
            (SelectionRoute.RE_AUDIT.value, "A re-audit: has it made a difference?"),
        ],
        widget=forms.RadioSelect,
    )


class SetApartForm(PutBackForm):
    """Cases for a stratum of their own, and why."""

    council_ids = forms.CharField(
        label="The children's numbers",
        max_length=20_000,
        help_text="One a line, as they stand in your list. They are used to find the cases, and not kept here.",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Why these children",
        max_length=300,
        help_text="How they were found, and by whom. It stands in the certificate. No names.",
    )

    def clean_council_ids(self) -> list[str]:
        return self.cleaned_data["council_ids"].split()


class TargetsForm(GovukForm, forms.Form):
    """How many cases to draw from each stratum, and why where it is not as proposed."""

    def __init__(
        self, *args: Any, proposed: Mapping[str, int], candidates: list[Candidate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(proposed)
        self.sizes = dict.fromkeys(self.names, 0)
        for candidate in candidates:
            self.sizes[candidate.stratum] += 1
        for place, name in enumerate(self.names):
            self.fields[f"target_{place}"] = forms.IntegerField(
                label=name,
                min_value=0,
                max_value=self.sizes[name],
                initial=proposed[name],
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
            )
        for area in areas_without(self._asked(proposed), candidates):
            self.fields[f"why_not_{area.code}"] = forms.CharField(
                label=f"{area}: why no case is drawn",
                max_length=300,
                help_text="It stands in the certificate.",
            )
        self.fields["siblings_together"] = forms.BooleanField(
            label="Brothers and sisters may both be drawn",
            required=False,
            help_text="Otherwise one child of each family stands in the draw.",
        )
        self.fields["reason"] = forms.CharField(
            label="Why you changed the proposed numbers",
            max_length=300,
            required=False,
            help_text="Only if you did. It stands in the certificate.",
        )

    def _asked(self, proposed: Mapping[str, int]) -> dict[str, int]:
        """The numbers as they are in the form now, typed or proposed."""
        if not self.is_bound:
            return dict(proposed)
        typed = [str(self.data.get(f"target_{place}", "")) for place in range(len(self.names))]
        return {
            name: int(value) if value.isdecimal() and len(value) < 6 else 0
            for name, value in zip(self.names, typed, strict=True)
        }

    def other_fields(self) -> list[forms.BoundField]:
        """Everything but the numbers, which stand in a table."""
        return [self[name] for name in self.fields if not name.startswith("target_")]

    def plan(self) -> Plan:
        cleaned = self.cleaned_data
        return Plan(
            targets={name: cleaned[f"target_{place}"] for place, name in enumerate(self.names)},
            reason=cleaned["reason"],
            not_covered={
                name.removeprefix("why_not_"): words
                for name, words in cleaned.items()
                if name.startswith("why_not_")
            },
            siblings_together=cleaned["siblings_together"],
        )
