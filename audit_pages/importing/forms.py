"""What a person says about a file that they load."""

from typing import Any

from django import forms

from audit_pages.importing.readers.columns import FIELDS
from audit_pages.importing.selectors import ThemeFilter, source_names, themes_in_use, year_names
from audit_pages.importing.services import ChosenFile
from audit_pages.importing.sources import OPEN_GOVERNMENT_LICENCE, SourceTerms, complete_terms
from audit_pages.importing.structure import find_source
from learning.spreadsheets import MAX_FILE_BYTES, UnreadableFile
from learning.vocabulary.models import Theme

READ_AT_ONCE = 2 * 1024 * 1024
"""Files up to this size are read before they are taken, so that a wrong one is refused on the spot."""


class UploadForm(forms.Form):
    """A file, whose it is, and where its columns are."""

    file = forms.FileField(
        label="File",
        help_text="A table of findings: CSV (UTF-8), Excel workbook (.xlsx) or JSON lines. "
        "One finding a row, with a column for its text.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.jsonl,.ndjson,.json,.txt"}),
    )
    source = forms.CharField(
        label="Source",
        max_length=120,
        help_text="Who published these findings. The same name as last time puts them together.",
        widget=forms.TextInput(attrs={"list": "known-sources"}),
    )
    attribution = forms.CharField(
        label="Attribution",
        max_length=300,
        required=False,
        help_text="Shown on every finding. Needed for a new source; a known one keeps its own.",
    )
    licence = forms.CharField(
        label="Licence",
        max_length=200,
        required=False,
        help_text="Under which they may be shown. Needed for a new source. For Ofsted and most "
        f"public bodies: {OPEN_GOVERNMENT_LICENCE}.",
        widget=forms.TextInput(attrs={"list": "known-licences"}),
    )
    licence_url = forms.URLField(
        label="Address of the licence", required=False, assume_scheme="https"
    )
    columns = forms.CharField(
        label="Columns with other names",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if the portal does not find them: one a line, such as text=Comment. "
        f"It looks for: {', '.join(FIELDS)}.",
    )
    encoding = forms.ChoiceField(
        label="Encoding",
        required=False,
        choices=[("", "UTF-8, as nearly always"), ("cp1252", "Windows (CSV of older programs)")],
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB. "
                "Split it into smaller files."
            )
        return file

    def clean_columns(self) -> dict[str, str]:
        columns = {}
        for line in filter(str.strip, self.cleaned_data["columns"].splitlines()):
            field, _, column = (part.strip() for part in line.partition("="))
            if field not in FIELDS or not column:
                raise forms.ValidationError(
                    f"“{line.strip()[:60]}” is not field=column. The fields are: {', '.join(FIELDS)}."
                )
            columns[field] = column
        return columns

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") and find_source(cleaned["source"]) is None:
            self._require_terms(cleaned)
        if "file" in cleaned and "columns" in cleaned:
            self._read(cleaned)
        return cleaned

    def _require_terms(self, cleaned: dict[str, Any]) -> None:
        for name in ("attribution", "licence"):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, f"This source is new: give its {name}.")

    def _read(self, cleaned: dict[str, Any]) -> None:
        file = cleaned["file"]
        self.chosen = ChosenFile(
            file.name, file.read(), cleaned["columns"], cleaned.get("encoding", "")
        )
        if len(self.chosen.content) > READ_AT_ONCE:
            return
        try:
            self.chosen.read()
        except UnreadableFile as error:
            self.add_error("file", str(error))

    def terms(self) -> SourceTerms:
        """The source with its terms, from valid data."""
        said = self.cleaned_data
        return complete_terms(
            said["source"],
            attribution=said["attribution"],
            licence=said["licence"],
            licence_url=said["licence_url"],
        )


class ReasonForm(forms.Form):
    """Why a batch is taken back."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the record of events. Name no child, family or colleague.",
    )


class ThemeFilterForm(forms.Form):
    """Which suggestions to look at."""

    state = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("suggested", "Suggested"),
            ("confirmed", "Confirmed"),
            ("dismissed", "Turned down"),
            ("none", "Without a theme"),
        ],
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    source = forms.ChoiceField(label="Source", required=False)
    year = forms.ChoiceField(label="Year", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        states = [value for value, _ in self.fields["state"].choices]  # type: ignore[attr-defined]
        state = data.get("state") if data.get("state") in states else "suggested"
        themes = [(theme.code, f"{theme.code} {theme.label}") for theme in themes_in_use(state)]
        self.fields["theme"].choices = [("", "All themes"), *themes]  # type: ignore[attr-defined]
        self._offer("source", "All sources", source_names())
        self._offer("year", "All years", year_names())

    def _offer(self, name: str, everything: str, values: list[str]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *((value, value) for value in values)]

    def chosen(self) -> ThemeFilter:
        """The filter; a value that cannot be chosen is left out."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return ThemeFilter(**said)


class AddThemeForm(forms.Form):
    """A theme that was not suggested, for the findings that are ticked."""

    added = forms.ModelChoiceField(
        Theme.objects.filter(is_active=True),
        label="Another theme",
        empty_label="Choose a theme",
        to_field_name="code",
        required=False,  # the other buttons of the same form do without it
        error_messages={"invalid_choice": "There is no such theme."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["added"]
        field.label_from_instance = lambda theme: f"{theme.code} {theme.label}"

    def clean_added(self) -> Theme:
        theme = self.cleaned_data["added"]
        if theme is None:
            raise forms.ValidationError("Choose the theme to add.")
        return theme
