"""Re-exports the rooms' models for Django; each stands in the room that its subject names."""

from audit_pages.importing.models import (
    ThemeTag,
)
from audit_pages.media.models import PortalImage, PortalRendition
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.presentation_models import Presentation
from audit_pages.pages.base import PublishedPage
from audit_pages.pages.cycles import CycleIndexPage, CyclePage
from audit_pages.pages.findings import (
    FindingIndexPage,
    FindingPage,
    ImportedFindingPage,
    ImportedIndexPage,
    ImportedSourcePage,
    ImportedYearPage,
    LetterIndexPage,
    LetterPage,
    QuarterlyIndexPage,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
)
from audit_pages.pages.guidance import (
    ExemplarPage,
    FeedbackQuestionSetPage,
    GlossaryPage,
    GroundRulesPage,
    GuidanceIndexPage,
    GuidancePage,
    TrainingIndexPage,
    TrainingModulePage,
)
from audit_pages.pages.themes import ThemeIndexPage, ThemePage
from audit_pages.publishing.disclosure_models import DisclosureCheck
from audit_pages.publishing.models import Approval, SecondPersonTask
from audit_pages.reading.models import Bookmark, UsefulAnswer

__all__ = [
    "Approval",
    "Bookmark",
    "CycleIndexPage",
    "CyclePage",
    "DisclosureCheck",
    "ExemplarPage",
    "FeedbackQuestionSetPage",
    "FindingIndexPage",
    "FindingPage",
    "GlossaryPage",
    "GroundRulesPage",
    "GuidanceIndexPage",
    "GuidancePage",
    "ImportedFindingPage",
    "ImportedIndexPage",
    "ImportedSourcePage",
    "ImportedYearPage",
    "LetterIndexPage",
    "LetterPage",
    "Pack",
    "PortalImage",
    "PortalRendition",
    "Presentation",
    "PublishedPage",
    "QuarterlyIndexPage",
    "QuarterlyLearningPage",
    "SecondPersonTask",
    "SevenMinuteBriefingPage",
    "Slide",
    "ThemeIndexPage",
    "ThemePage",
    "ThemeTag",
    "TrainingIndexPage",
    "TrainingModulePage",
    "UsefulAnswer",
]
