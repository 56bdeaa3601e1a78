"""Where Wagtail asks this app; each answer stands in its room."""

from wagtail.snippets.models import register_snippet

from learning.vocabulary.snippets import VocabularyGroup

register_snippet(VocabularyGroup)
