"""The vocabulary in the editors' menu."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from learning.vocabulary.models import AreaOfWork, GlossaryTerm, PracticeStandard, Theme
from learning.vocabulary.versions import KeepFirstVersionMixin


class VocabularyEditView(KeepFirstVersionMixin, EditView):
    """Changes an entry; what it said before stays in its history, and can be put back."""


class VocabularyViewSet(SnippetViewSet):
    """What the parts of the vocabulary share."""

    edit_view_class = VocabularyEditView


class ThemeViewSet(VocabularyViewSet):
    model = Theme
    icon = "tag"
    list_display = ["code", "label", "group", "is_active"]
    list_filter = ["group", "is_active"]
    search_fields = ["code", "label", "scope_note"]
    panels = [
        FieldPanel("code", read_only=True),
        FieldPanel("label"),
        FieldPanel("group"),
        FieldPanel("scope_note"),
        FieldPanel("also_called"),
        FieldPanel("is_active"),
    ]


class AreaOfWorkViewSet(VocabularyViewSet):
    model = AreaOfWork
    icon = "folder"
    list_display = ["label", "is_active"]


class PracticeStandardViewSet(VocabularyViewSet):
    model = PracticeStandard
    icon = "check"
    list_display = ["code", "title"]


class GlossaryTermViewSet(VocabularyViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "abbreviation"]
    search_fields = ["term", "abbreviation", "meaning"]


class VocabularyGroup(SnippetViewSetGroup):
    menu_label = "Vocabulary"
    menu_icon = "tag"
    menu_order = 300
    items = (ThemeViewSet, AreaOfWorkViewSet, PracticeStandardViewSet, GlossaryTermViewSet)
