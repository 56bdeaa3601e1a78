"""What a lead fills in about forms."""

from typing import Any

from django import forms

from learning.forms import GovukForm
from learning.proforma import keys
from learning.proforma.building import fingerprint
from learning.proforma.models import ProFormaKind, ProFormaSection, ProFormaVersion
from learning.proforma.rules import LONGEST_PROMPT, MOST_PROMPTS, SectionWords
from learning.proforma.selectors import FormOfCycle, sections_to_bring_back
from learning.vocabulary.models import AreaOfWork


class NoteForm(GovukForm, forms.Form):
    """What a new version is for."""

    note = forms.CharField(
        label="What will be new in it",
        max_length=300,
        help_text="For whoever used the last version: for example, “Shorter, and asks about fathers”.",
    )


class SectionForm(GovukForm, forms.Form):
    """One section: its title, its questions, for whom it is shown, and its place."""

    title = forms.CharField(label="Title", max_length=120)
    questions = forms.CharField(
        label="Questions to think with",
        help_text=f"One a line, at most {MOST_PROMPTS}. Auditors answer in words, in the five boxes that each "
        "section has.",
        max_length=LONGEST_PROMPT * MOST_PROMPTS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    difference = forms.CharField(
        label="The last question: what difference did it make?",
        help_text="Each section ends with one, about the child.",
        max_length=LONGEST_PROMPT,
        initial="What difference did this make for the child?",
    )
    can_be_skipped = forms.BooleanField(
        label="“Not relevant”, with a reason, is an answer", required=False, initial=True
    )
    areas = forms.ModelMultipleChoiceField(
        queryset=AreaOfWork.objects.none(),
        label="Only for these areas of work",
        help_text="Tick none, and it is shown for all of them.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    after = forms.ChoiceField(label="It stands after")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Why it is asked all the same",
        help_text="The words that are shown above ask for what compliance figures answer elsewhere. Ask "
        "differently, or say why this form has to ask.",
        max_length=300,
        error_messages={"required": "Say why it is asked all the same, or ask it differently."},
    )

    def __init__(
        self,
        *args: Any,
        version: ProFormaVersion,
        section: ProFormaSection | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", initial_of(section) if section else {})
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = AreaOfWork.objects.filter(is_active=True)  # type: ignore[attr-defined]
        others = [row for row in version.sections.all() if section is None or row.pk != section.pk]
        self.fields["after"].choices = [(row.key, row.title) for row in others]  # type: ignore[attr-defined]
        self._settle_place(others, section)
        if section is not None:
            self._leave_out_what_is_fixed(section)
        if not self.is_bound or not self._typed().hints:
            del self.fields["reason"]

    @property
    def hints(self) -> list[Any]:
        """What in it asks for compliance, when it was typed just now."""
        return self._typed().hints if self.is_bound else []

    def words(self) -> SectionWords:
        cleaned = self.cleaned_data
        return SectionWords(
            title=cleaned["title"],
            questions=_lines(cleaned["questions"]),
            difference=cleaned["difference"],
            can_be_skipped=cleaned.get("can_be_skipped", False),
            areas=list(cleaned.get("areas", ())),
            reason=cleaned.get("reason", ""),
        )

    def _typed(self) -> SectionWords:
        typed = {
            name: str(self.data.get(name, "")) for name in ("title", "questions", "difference")
        }
        return SectionWords(typed["title"], _lines(typed["questions"]), typed["difference"])

    def _settle_place(self, others: list[ProFormaSection], section: ProFormaSection | None) -> None:
        """A section begins where it stands; a new one before the overall statement."""
        order = section.order if section else _order_of(others, keys.OVERALL)
        before = [row.key for row in others if row.order < order]
        if before:
            self.initial["after"] = before[-1]

    def _leave_out_what_is_fixed(self, section: ProFormaSection) -> None:
        if section.is_never_skipped:
            del self.fields["can_be_skipped"]
        if section.why_kept:
            del self.fields["areas"]
        if section.is_first:
            del self.fields["after"]


def initial_of(section: ProFormaSection) -> dict[str, Any]:
    """The section as its form shows it."""
    return {
        "title": section.title,
        "questions": "\n".join(section.questions),
        "difference": section.difference,
        "can_be_skipped": section.can_be_skipped,
        "areas": list(section.areas.all()),
        "seen": fingerprint(section),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _order_of(sections: list[ProFormaSection], key: str) -> int:
    last = max((section.order for section in sections), default=0)
    return next((section.order for section in sections if section.key == key), last + 1)


class BringBackForm(GovukForm, forms.Form):
    """A section that another version has."""

    section = forms.ModelChoiceField(
        queryset=ProFormaSection.objects.none(),
        label="Which section",
        empty_label="Choose a section",
        help_text="With the words that it had last. It comes at the end; move it where it belongs.",
    )

    def __init__(self, *args: Any, version: ProFormaVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections_to_bring_back(version)  # type: ignore[attr-defined]


class CycleFormsForm(GovukForm, forms.Form):
    """The version of each kind of form that a cycle takes, where no audit has taken one yet."""

    def __init__(self, *args: Any, forms_of_cycle: list[FormOfCycle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in forms_of_cycle:
            if not form.is_used:
                self.fields[form.kind.value] = _version_field(form)

    def chosen(self) -> dict[ProFormaKind, ProFormaVersion | None]:
        return {ProFormaKind(name): version for name, version in self.cleaned_data.items()}


def _version_field(form: FormOfCycle) -> forms.ModelChoiceField:
    ready = ProFormaVersion.objects.filter(kind=form.kind, offered_at__isnull=False)
    return forms.ModelChoiceField(
        queryset=ready,
        label=form.kind.label,
        required=False,
        empty_label="The newest, on the day of the first audit",
        initial=form.version if form.is_chosen else None,
    )
