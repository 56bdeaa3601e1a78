"""The states of a cycle, in their order (domain.md E1)."""

from django.db import models


class CycleState(models.TextChoices):
    PLANNED = "planned", "Planned"
    TEAM_FORMING = "team_forming", "Forming the team"
    TEAM_AGREED = "team_agreed", "Team agreed"
    SELECTION = "selection", "Drawing the sample"
    NOTIFIED = "notified", "Workers told"
    READY = "ready", "Ready"
    IN_PROGRESS = "in_progress", "Audit days"
    QUALITY_ASSURANCE = "quality_assurance", "Quality assurance"
    FAMILY_FEEDBACK = "family_feedback", "Family feedback"
    REPORTING = "reporting", "Reporting"
    WITH_BOARDS = "with_boards", "With the boards"
    LEARNING_PUBLISHED = "learning_published", "Learning published"
    CLOSED = "closed", "Closed"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


BEFORE_THE_DAYS = (
    CycleState.PLANNED,
    CycleState.TEAM_FORMING,
    CycleState.TEAM_AGREED,
    CycleState.SELECTION,
    CycleState.NOTIFIED,
    CycleState.READY,
)
"""States from which a cycle can still be cancelled or postponed."""

BEFORE_THE_DRAW = (CycleState.PLANNED, CycleState.TEAM_FORMING, CycleState.TEAM_AGREED)
"""States in which there is no sample yet."""

TEAM_OPEN = (CycleState.TEAM_FORMING, CycleState.TEAM_AGREED, CycleState.SELECTION)
"""States in which people may still offer to audit."""

TEAM_CHANGES = (*TEAM_OPEN, CycleState.NOTIFIED, CycleState.READY, CycleState.IN_PROGRESS)
"""States in which team and pairs may still change: somebody may fall ill on the first day."""


class FocusSource(models.TextChoices):
    """Where a themed supplement comes from (domain.md C1)."""

    INSPECTION = "inspection", "Inspection"
    LOCAL_REVIEW = "local_review", "Local review"
    NATIONAL_REVIEW = "national_review", "National review"
    RESEARCH = "research", "Research"
    EMERGING_ISSUE = "emerging_issue", "Emerging issue"
    PREVIOUS_RECOMMENDATION = "previous_recommendation", "An earlier recommendation"


NEXT_STEP = {
    CycleState.PLANNED: "open_call",
    CycleState.TEAM_FORMING: "agree_team",
    CycleState.TEAM_AGREED: "open_selection",
    CycleState.SELECTION: "tell_workers",
    CycleState.NOTIFIED: "declare_ready",
    CycleState.READY: "begin_days",
    CycleState.IN_PROGRESS: "finish_days",
    CycleState.QUALITY_ASSURANCE: "finish_quality_assurance",
    CycleState.FAMILY_FEEDBACK: "finish_family_feedback",
    CycleState.REPORTING: "send_to_boards",
    CycleState.WITH_BOARDS: "publish_learning",
    CycleState.LEARNING_PUBLISHED: "close",
}
"""The step that takes a cycle on from each state; the way from `planned` to `closed`, in order."""

STEP_WORDS = {
    "open_call": "Ask all staff who would like to audit",
    "agree_team": "Agree the team",
    "open_selection": "Let the draw begin",
    "tell_workers": "Note that all workers are told",
    "declare_ready": "Declare the cycle ready",
    "begin_days": "Begin the days",
    "finish_days": "End the days and begin quality assurance",
    "finish_quality_assurance": "End quality assurance",
    "finish_family_feedback": "End family feedback and begin the report",
    "send_to_boards": "Send the report to the boards",
    "publish_learning": "Say that the learning is published",
    "close": "Close the cycle",
    "reopen": "Open the cycle again",
    "postpone": "Postpone the cycle",
    "resume": "Plan the cycle again",
    "cancel": "Cancel the cycle",
}
"""Each step of a cycle in the words on its button."""

NEEDS_A_REASON = {
    "postpone": "People have planned for these days.",
    "cancel": "Nothing further happens in a cancelled cycle, and the year then has one fewer.",
    "reopen": "A closed cycle is settled: what was reported rests on it.",
}
"""Steps that always need a reason, and why."""

WHAT_HAPPENS_NOW = {
    CycleState.PLANNED: "The days are fixed. The lead names an administrator and an IT contact, and then "
    "asks all staff who would like to audit.",
    CycleState.TEAM_FORMING: "Everybody may say that they would like to audit. The lead makes the pairs.",
    CycleState.TEAM_AGREED: "The pairs stand. Five weeks before the first day the sample is drawn.",
    CycleState.SELECTION: "The QA officer draws the sample at random from the council’s own case list.",
    CycleState.NOTIFIED: "Workers whose cases were drawn bring their recording up to date and confirm when "
    "they can talk with the auditors.",
    CycleState.READY: "Everything is prepared. Auditors acknowledge the ground rules and the briefing.",
    CycleState.IN_PROGRESS: "Pairs read in the morning and talk with workers in the afternoon.",
    CycleState.QUALITY_ASSURANCE: "The lead reads every analysis and signs it off or sends it back.",
    CycleState.FAMILY_FEEDBACK: "Children and parents are asked, and their views go into each audit.",
    CycleState.REPORTING: "The lead writes the report and the action plan.",
    CycleState.WITH_BOARDS: "Senior managers and the boards consider the report.",
    CycleState.LEARNING_PUBLISHED: "Findings, briefings and letters are out.",
    CycleState.CLOSED: "The cycle is settled. Its recommendations live on until they are verified.",
    CycleState.POSTPONED: "The days will be planned again.",
    CycleState.CANCELLED: "This cycle does not take place.",
}
"""What is going on in each state, for somebody who was not there."""
