"""Where Wagtail asks this app; each answer stands in its room."""

from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from learning.access.admin import AccessEventAdmin
from learning.evidence.admin import EvidenceNoteAdmin
from learning.vocabulary.snippets import VocabularyGroup

register_snippet(VocabularyGroup)
modeladmin_register(EvidenceNoteAdmin)
modeladmin_register(AccessEventAdmin)
