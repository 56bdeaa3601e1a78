"""Content that a new portal starts with: sections, guidance, training, rules, questions, themes.

Safe to run again: a page that stands under its slug is left as its editors have it.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wagtail.models import Page, Site

from audit_pages.models import (
    Approval,
    CycleIndexPage,
    ExemplarPage,
    FeedbackQuestionSetPage,
    FindingIndexPage,
    GlossaryPage,
    GroundRulesPage,
    GuidanceIndexPage,
    GuidancePage,
    ImportedIndexPage,
    LetterIndexPage,
    PublishedPage,
    QuarterlyIndexPage,
    ThemeIndexPage,
    ThemePage,
    TrainingIndexPage,
    TrainingModulePage,
)
from audit_pages.pages.cycle_keeping import keep_page
from audit_pages.publishing.disclosure import needs_disclosure_check
from audit_pages.publishing.services import approve_and_publish
from audit_pages.starter.checking import check_loaded
from audit_pages.starter.markup import html_of
from learning.programme.models import AuditCycle
from learning.vocabulary.models import GlossaryTerm, Theme

FOLDER = Path(__file__).parent

SECTIONS: list[tuple[type[PublishedPage], str, str, str]] = [
    (
        FindingIndexPage,
        "findings",
        "Findings",
        "What several audits showed together, quarter by quarter.",
    ),
    (ThemeIndexPage, "themes", "Themes", "Everything we have learned, by what it is about."),
    (
        QuarterlyIndexPage,
        "quarterly-learning",
        "Quarterly learning",
        "What each quarter's practice days taught us, and briefings for a team meeting.",
    ),
    (
        LetterIndexPage,
        "letters",
        "Letters",
        "Letters that thanked colleagues for work that made a difference, without names.",
    ),
    (
        CycleIndexPage,
        "audit-days",
        "Dates and briefings",
        "When we look at practice together, what we look at, and the briefing for each time.",
    ),
    (
        GuidanceIndexPage,
        "guidance",
        "Guidance",
        "How the practice days work, for everyone who takes part in them.",
    ),
    (
        TrainingIndexPage,
        "training",
        "Training",
        "Modules that prepare you to audit, to be audited and to act on what was learned.",
    ),
    (
        ImportedIndexPage,
        "from-elsewhere",
        "From elsewhere",
        "Findings of inspectors about other councils, word for word, with their source.",
    ),
]


@dataclass(frozen=True)
class People:
    """Who wrote what is loaded, and who is the second person that approves it."""

    writer: Any
    approver: Any
    checker: Any = None
    """Who makes the disclosure check; starter content needs none."""


def read_toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def put_page(
    *,
    parent: Page,
    page: PublishedPage,
    people: People,
    themes: Sequence[str] = (),
    kept: Mapping[str, str] = MappingProxyType({}),
) -> PublishedPage:
    """The page, published below `parent`; the one that already stands there under its slug, if any.

    `kept` says of words that the disclosure check finds why they may stay.
    """
    standing = Page.objects.child_of(parent).filter(slug=page.slug).first()
    if standing:
        return standing.specific
    page.owner = people.writer
    parent.add_child(instance=page)
    if themes:
        page.themes.set(Theme.objects.filter(code__in=themes))
    page.save_revision(user=people.writer)
    if needs_disclosure_check(page):
        check_loaded(page, checked_by=people.checker, kept=kept)
    approve_and_publish(page=page, approved_by=people.approver, route=Approval.Route.STARTER)
    return page


def home_page() -> Page:
    """The page that everything stands below."""
    return Site.objects.get(is_default_site=True).root_page


def load_sections(people: People) -> dict[str, PublishedPage]:
    """The sections of the portal by slug."""
    home = home_page()
    return {
        slug: put_page(
            parent=Page.objects.get(pk=home.pk),
            page=model(title=title, slug=slug, summary=summary, content_owner=people.approver),
            people=people,
        )
        for model, slug, title, summary in SECTIONS
    }


def load_starter(people: People, progress: Callable[[str], None] = lambda line: None) -> None:
    """All starter content, published by `people.approver` as the second person."""
    sections = load_sections(people)
    for name, step in (
        ("Themes", _load_themes),
        ("Ground rules", _load_ground_rules),
        ("Guidance", _load_guidance),
        ("Family feedback questions", _load_question_sets),
        ("Exemplars", _load_exemplars),
        ("Glossary", _load_glossary),
        ("Training", _load_training),
        ("Audit days", _keep_cycles),
    ):
        step(sections, people)
        progress(name)


def _keep_cycles(sections: dict[str, PublishedPage], people: People) -> None:
    """Give cycles that were planned before their section stood their page."""
    for cycle in AuditCycle.objects.order_by("ref"):
        keep_page(cycle)


def _files(folder: str) -> Iterator[dict[str, Any]]:
    for path in sorted((FOLDER / folder).glob("*.toml")):
        yield read_toml(path)


def section_block(heading: str, text: str) -> tuple[str, dict[str, Any]]:
    return ("section", {"heading": heading, "text": html_of(text)})


def _load_themes(sections: dict[str, PublishedPage], people: People) -> None:
    for theme in Theme.objects.all():
        put_page(
            parent=sections["themes"],
            page=ThemePage(
                title=theme.label,
                slug=theme.code.lower(),
                summary=theme.scope_note,
                theme=theme,
            ),
            people=people,
        )


def _load_ground_rules(sections: dict[str, PublishedPage], people: People) -> None:
    text = read_toml(FOLDER / "ground_rules.toml")
    body = [
        ("rule", {"heading": rule["heading"], "text": html_of(rule["text"])})
        for rule in text["rule"]
    ]
    if text.get("closing"):
        body.append(section_block("Before you begin", text["closing"]))
    put_page(
        parent=sections["guidance"],
        page=GroundRulesPage(**_titles(text), introduction=text["introduction"].strip(), body=body),
        people=people,
        themes=text.get("themes", []),
    )


def _titles(text: dict[str, Any]) -> dict[str, Any]:
    return {
        "slug": text["slug"],
        "title": text["title"],
        "summary": text["summary"],
        "reviewed_on": date(2026, 6, 1),
        "review_due_on": date(2027, 6, 1),
    }


def _load_guidance(sections: dict[str, PublishedPage], people: People) -> None:
    order = [choice.value for choice in GuidancePage.Audience]
    texts = sorted(
        _files("guidance"), key=lambda t: (order.index(t["guidance_section"]), t["order"])
    )
    for text in texts:
        put_page(
            parent=sections["guidance"],
            page=GuidancePage(
                **_titles(text),
                audience=text["guidance_section"],
                body=[section_block(part["heading"], part["text"]) for part in text["section"]],
            ),
            people=people,
            themes=text.get("themes", []),
        )


def _load_question_sets(sections: dict[str, PublishedPage], people: People) -> None:
    for text in _files("questions"):
        questions = [
            {"text": q["text"], "why": q.get("why", ""), "prompts": q.get("prompts", [])}
            for q in text["question"]
        ]
        put_page(
            parent=sections["guidance"],
            page=FeedbackQuestionSetPage(
                **_titles(text),
                audience=text["audience"],
                age_bands=text.get("age_bands", []),
                body=[
                    section_block("Before you ask", text["before_you_ask"]),
                    ("questions", {"heading": "The questions", "questions": questions}),
                    section_block("Afterwards", text["after"]),
                ],
            ),
            people=people,
            themes=["P01"],
        )


def _load_exemplars(sections: dict[str, PublishedPage], people: People) -> None:
    for text in _files("exemplars"):
        body: list[Any] = [
            (
                "before_after",
                {
                    "heading": e["label"],
                    "before": e["before"],
                    "after": e["after"],
                    "why": e["why"],
                },
            )
            for e in text["example"]
        ]
        if text.get("closing"):
            body.append(section_block("To take away", text["closing"]))
        put_page(
            parent=sections["guidance"],
            page=ExemplarPage(
                **_titles(text), introduction=text["introduction"].strip(), body=body
            ),
            people=people,
            themes=text.get("themes", []),
        )


def _load_glossary(sections: dict[str, PublishedPage], people: People) -> None:
    text = read_toml(FOLDER / "glossary.toml")
    for term in text["term"]:
        GlossaryTerm.objects.get_or_create(term=term.pop("term"), defaults=term)
    put_page(parent=sections["guidance"], page=GlossaryPage(**_titles(text)), people=people)


def _load_training(sections: dict[str, PublishedPage], people: People) -> None:
    for text in sorted(_files("training"), key=lambda t: t["number"]):
        body: list[Any] = [section_block(part["heading"], part["text"]) for part in text["section"]]
        body.append(
            (
                "scenario",
                {
                    "heading": "A moment to think about",
                    "text": html_of(text["scenario"]),
                    "questions": text["scenario_questions"],
                },
            )
        )
        body.append(("reflection", {"heading": "Your reflection", "questions": text["reflection"]}))
        if text.get("further"):
            body.append(
                section_block("Where to go next", "\n".join(f"- {x}" for x in text["further"]))
            )
        put_page(
            parent=sections["training"],
            page=TrainingModulePage(
                **_titles(text),
                audience=text["audience"],
                module_number=text["number"],
                minutes=text["minutes"],
                is_core=text["core"],
                aims="\n".join(text["aims"]),
                body=body,
            ),
            people=people,
            themes=text.get("themes", []),
        )
