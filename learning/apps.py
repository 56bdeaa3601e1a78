"""The restricted side of the house: people, words, grants, events."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = "Learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from learning import ways_on
        from learning.access import receivers as access_receivers
        from learning.escalations import receivers as escalations_receivers
        from learning.events import triggers
        from learning.feedback import receivers as feedback_receivers
        from learning.impact import effects as impact_effects
        from learning.impact import gates as impact_gates
        from learning.plenaries import receivers as plenaries_receivers
        from learning.process_review import gates as process_review_gates
        from learning.programme import requirements as programme_requirements
        from learning.recommendations import receivers as recommendations_receivers
        from learning.reports import readiness as reports_readiness
        from learning.reports import receivers as reports_receivers
        from learning.selection import requirements as selection_requirements
        from learning.spot_checks import gates as spot_checks_gates
        from learning.submissions import receivers as submissions_receivers

        triggers.connect(sender=self)
        access_receivers.connect()
        programme_requirements.connect()
        reports_readiness.connect()
        reports_receivers.connect()
        selection_requirements.connect()
        submissions_receivers.connect()
        recommendations_receivers.connect()
        feedback_receivers.connect()
        impact_effects.connect()
        escalations_receivers.connect()
        impact_gates.connect()
        process_review_gates.connect()
        plenaries_receivers.connect()
        spot_checks_gates.connect()
        ways_on.connect()
