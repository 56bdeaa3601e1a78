"""Sections that other parts of the portal know by their key, since something hangs on them (domain.md D1)."""

LIVED_EXPERIENCE = "lived_experience"
THREAD = "thread"
EDUCATION = "education"
CONVERSATION = "conversation"
FAMILY_FEEDBACK = "family_feedback"
OVERALL = "overall"
ACTIONS = "actions"
RECOGNITION = "recognition"
BEYOND_CASE = "beyond_case"
URGENT = "urgent"

WRITTEN_ELSEWHERE = frozenset({CONVERSATION, FAMILY_FEEDBACK, ACTIONS, URGENT})
"""Sections with a page of their own instead of the five boxes."""

OPTIONAL = frozenset({RECOGNITION, BEYOND_CASE})
"""Sections that may stay empty: there is not always somebody to thank or something beyond the case."""

NEVER_SKIPPED = frozenset({LIVED_EXPERIENCE, OVERALL, URGENT})
"""Sections that are written in each audit, whatever its area of work (domain.md A29, A33, E4)."""

KEPT = {
    LIVED_EXPERIENCE: "Each audit begins with the child’s day.",
    OVERALL: "Each audit ends in an overall statement in words.",
    URGENT: "Whoever audits must be able to say that something cannot wait.",
    THREAD: "Each practice audit asks how far conclusions are found again in what was agreed.",
    EDUCATION: "Each practice audit asks what shows a good outcome in education.",
    CONVERSATION: "The talk with the worker is written down there.",
    FAMILY_FEEDBACK: "What the family says is added there.",
    ACTIONS: "Recommendations for the child are written there.",
}
"""Sections that stay in a form which has them, and why (domain.md A26–A33, A41, A56)."""

RESERVED = frozenset(KEPT) | OPTIONAL
"""Keys that a section of the lead’s own does not get."""
