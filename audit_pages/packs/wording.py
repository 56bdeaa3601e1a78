"""What in a presenter's own words could give somebody away (domain.md D7): said beside them when they are
saved, and asked about before a pack goes out."""

import json
from dataclasses import dataclass

from django.urls import reverse
from django.utils.crypto import salted_hmac

from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.selectors import Step
from learning.disclosure.finding import LocalKnowledge, local_knowledge
from learning.disclosure.hints import Mark, marks_in
from learning.disclosure.kinds import Kind


@dataclass(frozen=True)
class Marked:
    """A slide whose words hold something, and the page on which its owner changes them."""

    name: str
    url: str
    marks: list[Mark]

    @property
    def has_to_change(self) -> bool:
        return any(mark.span.is_blocking for mark in self.marks)


def marks_of_slide(slide: Slide, known: LocalKnowledge | None = None) -> list[Mark]:
    """What the heading, text and notes of the slide hold."""
    return marks_in((slide.heading, slide.text, slide.notes), known)


def marks_of_front(pack: Pack, known: LocalKnowledge | None = None) -> list[Mark]:
    """What the first slide holds. It may name its day, and the colleague who presents."""
    known = known or local_knowledge()
    about = marks_in((pack.title, pack.presented_to), known)
    presenter = marks_in((pack.presenter,), known)
    return [
        *(mark for mark in about if mark.span.kind != Kind.DATE),
        *(mark for mark in presenter if mark.span.is_blocking),
    ]


def marked_in(pack: Pack, steps: list[Step]) -> list[Marked]:
    """What would go out with the pack; words about a page that cannot be shown stay behind with it."""
    known = local_knowledge()
    details = reverse("audit_pages:packs:details", args=[pack.pk])
    every = [Marked("Title and day", details, marks_of_front(pack, known))]
    every += [_marked(step, known) for step in steps if not step.is_flagged]
    return [one for one in every if one.marks]


def _marked(step: Step, known: LocalKnowledge) -> Marked:
    slide = step.slide
    url = reverse("audit_pages:packs:slide", args=[slide.pack_id, slide.pk])
    return Marked(f"Slide {step.number}", url, marks_of_slide(slide, known))


def fingerprint_of(marked: list[Marked]) -> str:
    """Stands for these very marks in an address, from which nobody can tell the words."""
    said = [[one.url, mark.span.kind, mark.words] for one in marked for mark in one.marks]
    return salted_hmac("packs.wording", json.dumps(said), algorithm="sha256").hexdigest()[:32]
