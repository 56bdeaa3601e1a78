"""How a form of the portal is drawn, and a date that is typed as day, month and year.

The renderer is set form by form and never for the whole project, so that the Wagtail admin keeps
its own looks.
"""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

INPUTS = ("text", "email", "number", "password", "url", "tel", "search")
TIMES = ("date", "datetime", "time")
OPTIONS = {"checkbox_select": "checkboxes", "radio": "radios"}
SAME_NAME = ("checkbox", "clearable_file_input", "file", "select", "textarea")


def _own_widgets() -> dict[str, str]:
    """Django's template of each widget that has a template of ours, with ours."""
    names = dict.fromkeys(INPUTS + TIMES, "input") | OPTIONS | {name: name for name in SAME_NAME}
    return {
        f"django/forms/widgets/{theirs}.html": f"forms/widgets/{ours}.html"
        for theirs, ours in names.items()
    }


class GovukRenderer(TemplatesSetting):
    """Draws a form with govuk-frontend's markup; widgets unknown here keep Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    own_widgets = _own_widgets()

    def get_template(self, template_name: str) -> Any:
        return super().get_template(self.own_widgets.get(template_name, template_name))


class GovukForm(forms.BaseForm):
    """Mixed into a form before its base: `class NoteForm(GovukForm, forms.ModelForm)`.

    The browser's own messages are off, so that every error is said in our words, in the summary.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = forms.Field.default_error_messages["required"]
        for field in self.fields.values():
            if field.error_messages.get("required") == usual:
                field.error_messages["required"] = what_is_missing(field)


def what_is_missing(field: forms.Field) -> str:
    """What to do about a field that was left empty."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "Tick this before you go on."
    if isinstance(field.widget, forms.FileInput):
        return "Choose a file."
    return "Choose from the list." if isinstance(field, forms.ChoiceField) else "Fill this in."


class DayMonthYearInput(forms.Widget):
    """Three short fields for a DateField; what was typed is shown again when it is not a date."""

    template_name = "forms/widgets/date.html"
    use_fieldset = True
    parts = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))

    def format_value(self, value: Any) -> dict[str, str]:
        """Day, month and year of a date, or of the text that value_from_datadict gave."""
        year, month, day = [*str(value or "").split("-", 2), "", "", ""][:3]
        return {"day": day, "month": month, "year": year}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["parts"] = [
            {
                "key": key,
                "name": f"{name}_{key}",
                "label": label,
                "width": width,
                "value": shown[key],
            }
            for key, label, width in self.parts
        ]
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The three fields as year-month-day for the DateField, or None when all are empty."""
        typed = [data.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
        return "-".join(typed) if any(typed) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part, _, _ in self.parts)
