"""Sections that other parts of the portal know by their key, since something hangs on them (domain.md D1)."""

LIVED_EXPERIENCE = "lived_experience"
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
