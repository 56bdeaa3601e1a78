"""What the service decides for itself: the numbers that domain.md calls defaults, in the desk's settings."""

from datetime import time

from django.core.validators import MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting


class AuditSettings(BaseGenericSetting):
    """One row; `AuditSettings.load()` gives it."""

    draw_days_before = models.PositiveSmallIntegerField(
        "days from draw to first day", default=35, help_text="Calendar days (domain: T−35)."
    )
    confirm_days_before = models.PositiveSmallIntegerField(
        "days before, for workers to confirm by", default=5, help_text="Calendar days (T−5)."
    )
    cases_in_a_draw = models.PositiveSmallIntegerField(
        "cases in a draw", default=24, help_text="Proposed; the QA officer may change it."
    )
    reserves_in_a_stratum = models.PositiveSmallIntegerField(
        "reserves",
        default=2,
        help_text="Cases that stand by in each area and team, to step in for one that falls out.",
    )
    minimum_initial_contacts = models.PositiveSmallIntegerField(
        "least initial contacts in a draw", default=2
    )
    window_months = models.PositiveSmallIntegerField("months that an audit looks back", default=6)
    audited_within_months = models.PositiveSmallIntegerField(
        "months before a case may be drawn again", default=12
    )
    worker_reply_days = models.PositiveSmallIntegerField(
        "days for the worker's reply", default=5, help_text="Working days."
    )
    family_feedback_days = models.PositiveSmallIntegerField(
        "days for asking families", default=20, help_text="Working days after the audit days."
    )
    tries_before_not_reached = models.PositiveSmallIntegerField(
        "tries before a family counts as not reached",
        default=3,
        help_text="On different days.",
    )
    access_days_after_close = models.PositiveSmallIntegerField(
        "days that auditors keep reading after a cycle closes",
        default=20,
        help_text="Working days.",
    )
    break_glass_minutes = models.PositiveSmallIntegerField(
        "minutes that an audit stays open after break-glass",
        default=60,
        help_text="Then it is closed to who opened it, whatever page they are on.",
    )
    opening_request_days = models.PositiveSmallIntegerField(
        "days that information governance reads an audit on request",
        default=5,
        help_text="Working days.",
    )
    let_in_days_at_most = models.PositiveSmallIntegerField(
        "days that somebody who is let in to an audit reads it at most",
        default=20,
        help_text="Working days.",
    )
    process_feedback_days = models.PositiveSmallIntegerField(
        "days for auditors and workers to say how the audit was",
        default=10,
        help_text="Working days after quality assurance.",
    )
    readiness_months = models.PositiveSmallIntegerField(
        "months until an auditor's preparation lapses", default=24
    )
    reminder_days_before = models.PositiveSmallIntegerField(
        "days before the due date, for the reminder", default=10, help_text="Working days."
    )
    owner_days_after = models.PositiveSmallIntegerField(
        "days after it, until the owner is asked again", default=3, help_text="Working days."
    )
    manager_days_after = models.PositiveSmallIntegerField(
        "days after it, until the owner's manager is told", default=8, help_text="Working days."
    )
    senior_days_after = models.PositiveSmallIntegerField(
        "days after it, until the senior manager is told", default=15, help_text="Working days."
    )
    board_days_after = models.PositiveSmallIntegerField(
        "days after it, until the board's report names it", default=25, help_text="Working days."
    )
    longest_pause_days = models.PositiveSmallIntegerField(
        "days that following up may be paused at most", default=20, help_text="Working days."
    )
    statement_least_words = models.PositiveSmallIntegerField(
        "least words of a statement of completion",
        default=12,
        help_text="Different words: saying “done” twelve times is one.",
    )

    letter_delay_months = models.PositiveSmallIntegerField(
        "months before a letter may be published without names",
        default=3,
        help_text="From the day on which the worker got it.",
    )

    traits_for_another_reader = models.PositiveSmallIntegerField(
        "things told of one family, from which on one more person reads a page",
        default=3,
        validators=[MinValueValidator(1)],
        help_text="Age band, faith, size of the family, legal status and the like, in the disclosure check.",
    )
    traits_for_rewriting = models.PositiveSmallIntegerField(
        "things told of one family, from which on a page is rewritten",
        default=5,
        validators=[MinValueValidator(1)],
        help_text="Told more generally, or as a composite.",
    )

    office_opens_at = models.TimeField(
        "the office opens at",
        default=time(8),
        help_text="Working days. What cannot wait and is raised earlier, or at a weekend, counts from then.",
    )
    office_closes_at = models.TimeField(
        "the office closes at",
        default=time(18),
        help_text="A clock that began before runs on past it: a child's evening comes first.",
    )
    escalation_convey_hours = models.PositiveSmallIntegerField(
        "hours to convey an immediate concern", default=2
    )
    escalation_acknowledge_days = models.PositiveSmallIntegerField(
        "days to acknowledge it", default=1, help_text="Working days."
    )
    escalation_director_hours = models.PositiveSmallIntegerField(
        "hours after a clock has run out, until the most senior manager is told",
        default=2,
        help_text="The deputy is told at once.",
    )
    keep_audits_months = models.PositiveSmallIntegerField(
        "months that the text of audits and spot checks is kept",
        default=36,
        help_text="From the close of the cycle: sections, conversation, reply, what families said; also "
        "plenary notes, reflections, and answers about the audit itself.",
    )
    keep_letters_months = models.PositiveSmallIntegerField(
        "months that private letters are kept",
        default=36,
        help_text="From the close of the cycle. The worker keeps their own copy.",
    )
    keep_keys_months = models.PositiveSmallIntegerField(
        "months that case numbers are kept",
        default=12,
        help_text="From the close of the cycle, or later from when the last of its recommendations "
        "was verified.",
    )
    keep_recommendations_months = models.PositiveSmallIntegerField(
        "months that the words of recommendations are kept",
        default=72,
        help_text="From the close of the cycle, or later from the last step of the recommendation.",
    )
    keep_reports_months = models.PositiveSmallIntegerField(
        "months that the words of cycle reports are kept",
        default=72,
        help_text="From the close of the cycle, or later from the last word of a board. Figures stay.",
    )
    keep_access_log_months = models.PositiveSmallIntegerField(
        "months that the access log is kept", default=72
    )

    class Meta:
        verbose_name = "audit settings"

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("draw_days_before"),
                FieldPanel("confirm_days_before"),
                FieldPanel("cases_in_a_draw"),
                FieldPanel("reserves_in_a_stratum"),
                FieldPanel("minimum_initial_contacts"),
                FieldPanel("audited_within_months"),
            ],
            heading="The draw",
        ),
        MultiFieldPanel(
            [
                FieldPanel("window_months"),
                FieldPanel("worker_reply_days"),
                FieldPanel("family_feedback_days"),
                FieldPanel("tries_before_not_reached"),
                FieldPanel("access_days_after_close"),
                FieldPanel("process_feedback_days"),
                FieldPanel("readiness_months"),
            ],
            heading="The audit",
        ),
        MultiFieldPanel(
            [
                FieldPanel("break_glass_minutes"),
                FieldPanel("opening_request_days"),
                FieldPanel("let_in_days_at_most"),
            ],
            heading="Opening an audit to somebody who is no part of it",
        ),
        MultiFieldPanel(
            [
                FieldPanel("reminder_days_before"),
                FieldPanel("owner_days_after"),
                FieldPanel("manager_days_after"),
                FieldPanel("senior_days_after"),
                FieldPanel("board_days_after"),
                FieldPanel("longest_pause_days"),
                FieldPanel("statement_least_words"),
            ],
            heading="Following up recommendations",
        ),
        MultiFieldPanel([FieldPanel("letter_delay_months")], heading="Letters"),
        MultiFieldPanel(
            [FieldPanel("traits_for_another_reader"), FieldPanel("traits_for_rewriting")],
            heading="Before learning is published",
        ),
        MultiFieldPanel(
            [
                FieldPanel("office_opens_at"),
                FieldPanel("office_closes_at"),
                FieldPanel("escalation_convey_hours"),
                FieldPanel("escalation_acknowledge_days"),
                FieldPanel("escalation_director_hours"),
            ],
            heading="What cannot wait",
        ),
        MultiFieldPanel(
            [
                FieldPanel("keep_audits_months"),
                FieldPanel("keep_letters_months"),
                FieldPanel("keep_keys_months"),
                FieldPanel("keep_recommendations_months"),
                FieldPanel("keep_reports_months"),
                FieldPanel("keep_access_log_months"),
            ],
            heading="How long it is kept",
        ),
    ]
