"""What the front page and “My work” show."""

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from wagtail.models import Page, TaskState

from audit_pages.models import (
    FindingPage,
    GlossaryPage,
    GroundRulesPage,
    LetterPage,
    PublishedPage,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
)
from audit_pages.pages.around import links_to
from audit_pages.publishing.models import user_can_approve
from audit_pages.publishing.readers import visible_to
from audit_pages.reading.selectors import bookmarked_pages
from learning.access.matrix import Right
from learning.people.roles import Role
from learning.work import in_groups
from learning.work import waiting_for as audit_work_of

ITEMS_A_PAGE = 50


def front_page(user: Any) -> dict[str, Any]:
    """The newest learning that this person may read: `quarterly`, `findings`, `letters`, `briefings`."""
    quarterly = visible_to(user, QuarterlyLearningPage.objects.all()).order_by("-quarter").first()
    looked_for = PublishedPage.objects.exact_type(GroundRulesPage, GlossaryPage).order_by("path")
    return {
        "often_looked_for": links_to(visible_to(user, looked_for)),
        "quarterly": quarterly,
        "findings": visible_to(user, FindingPage.objects.all()).order_by("-quarter", "path")[:4],
        "letters": visible_to(user, LetterPage.objects.all()).order_by("-quarter", "path")[:2],
        "briefings": visible_to(user, SevenMinuteBriefingPage.objects.all()).order_by(
            "-quarter", "path"
        )[:2],
    }


def waiting_for(user: Any) -> list[Page]:
    """Pages whose next step this person may take, the longest waiting first."""
    states = TaskState.objects.reviewable_by(user).order_by("started_at")
    pages = [state.revision.content_object for state in states if state.revision]
    return [
        page for page in pages if isinstance(page, Page) and user_can_approve(page=page, user=user)
    ]


def sent_back_to(user: Any) -> list[Page]:
    """Pages that somebody asked this person to change; none for one who no longer writes pages."""
    from wagtail.models import WorkflowState

    if not (user.is_superuser or user.has_role(*Right.WRITE_PAGES.value.roles)):
        return []
    states = WorkflowState.objects.filter(
        requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES
    )
    return [state.content_object for state in states if isinstance(state.content_object, Page)]


WILL_COME: dict[Role, str] = {
    Role.FRONT_LINE: "When your work is drawn for an audit, or you audit, this is where you find what to do.",
    Role.LINE_MANAGER: "Recommendations that are yours, and what your team prepares, will stand here.",
    Role.LEAD_QA: "Audits to quality-assure, pages to approve, and statements to verify will stand here.",
    Role.QA_OFFICER: "Samples to draw, cases to give to pairs, and statements to verify will stand here.",
    Role.AUDIT_ADMIN: "What each countdown to the audit days asks of you will stand here.",
    Role.IT_SUPPORT: "What each countdown to the audit days asks of you will stand here.",
    Role.SENIOR_MANAGER: "Immediate concerns, recommendations of yours, and letters to write will stand here.",
    Role.BOARD_MEMBER: "Reports that lie before your board, and requests for more time, will stand here.",
    Role.EDITOR: "Pages sent back to you for changes, and yours past their review date, will stand here.",
    Role.INFORMATION_GOVERNANCE: "Audits that were opened, and lists of what is to go, will stand here.",
}
"""What somebody for whom nothing waits reads that will come."""


def what_will_come(user: Any) -> str:
    """A sentence for each of this person's roles; none twice."""
    words = [words for role, words in WILL_COME.items() if user.has_role(role)]
    return " ".join(dict.fromkeys(words))


def my_work(user: Any, page: Any = 1) -> dict[str, Any]:
    """What waits for this person, and what they keep; of long lists of the audit this page."""
    today = timezone.localdate()
    work = audit_work_of(user)
    shown = Paginator(work, ITEMS_A_PAGE).get_page(page)
    return {
        "audit_work": shown,
        "groups": in_groups(list(shown), work),
        "overdue": sum(item.is_overdue for item in work),
        "will_come": what_will_come(user),
        "waiting": waiting_for(user),
        "sent_back": sent_back_to(user),
        "reviews_due": list(
            visible_to(
                user, PublishedPage.objects.filter(content_owner=user, review_due_on__lt=today)
            )
        ),
        "bookmarks": bookmarked_pages(user)[:10],
    }
