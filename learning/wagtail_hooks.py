"""Where Wagtail asks this app; each answer stands in its room."""

from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from learning.access.admin import AccessEventAdmin
from learning.disclosure.snippets import DisclosureGroup
from learning.escalations.admin import EscalationAdmin
from learning.evidence.keeping import (
    keep_pages_with_evidence,
    keep_pages_with_evidence_in_bulk,
)
from learning.evidence.menu import evidence_menu_item
from learning.letters.admin import LetterAdmin
from learning.people.teams import TeamViewSet, keep_used_teams
from learning.people.wagtail_account import take_out_pictures
from learning.people.wagtail_bulk_actions import GuardedAssignRole, GuardedSetActiveState
from learning.proforma.menu import forms_menu_item
from learning.programme.admin import PreparationAdmin
from learning.programme.settings import AuditSettings
from learning.recommendations.admin import RecommendationAdmin
from learning.vocabulary.snippets import VocabularyGroup
from learning.vocabulary.versions import name_first_versions

take_out_pictures()
register_snippet(VocabularyGroup)
register_snippet(DisclosureGroup)
register_snippet(TeamViewSet)
modeladmin_register(AccessEventAdmin)
modeladmin_register(PreparationAdmin)
register_setting(AuditSettings, icon="cog")
modeladmin_register(RecommendationAdmin)
modeladmin_register(EscalationAdmin)
modeladmin_register(LetterAdmin)

for guarded in (GuardedAssignRole, GuardedSetActiveState):
    hooks.register(
        "register_bulk_action", guarded, order=1
    )  # after Wagtail's own, to take their place

hooks.register("register_log_actions", name_first_versions)
hooks.register("register_admin_menu_item", evidence_menu_item)
hooks.register("register_admin_menu_item", forms_menu_item)
hooks.register("before_delete_page", keep_pages_with_evidence)
hooks.register("before_bulk_action", keep_pages_with_evidence_in_bulk)
hooks.register("before_delete_snippet", keep_used_teams)
