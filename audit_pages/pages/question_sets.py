"""Which questions families are asked: told to `learning`, which knows no pages (domain.md A54)."""

from typing import Any

from learning.feedback.questions import QuestionSet, register_question_sets


def live_question_sets() -> list[QuestionSet]:
    """The sets that are live now, in the order of the tree; without any that holds no question."""
    from audit_pages.models import FeedbackQuestionSetPage

    pages = FeedbackQuestionSetPage.objects.live().order_by("path")
    sets = [_set_of(page) for page in pages if page.live_revision_id is not None]
    return [found for found in sets if found.questions]


def _set_of(page: Any) -> QuestionSet:
    return QuestionSet(
        title=page.title,
        audience=page.audience,
        url=page.get_url() or "",
        revision_id=page.live_revision_id,
        questions=tuple(_questions_of(page)),
    )


def _questions_of(page: Any) -> list[str]:
    blocks = [block.value for block in page.body if block.block_type == "questions"]
    return [question["text"] for block in blocks for question in block["questions"]]


def connect() -> None:
    """Called once when the app is ready."""
    register_question_sets(live_question_sets)
