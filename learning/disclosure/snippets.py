"""What only the service knows of itself, in the desk: its places and the shapes of its case numbers."""

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from learning.disclosure.models import CaseNumberShape, LocalPlace


class LocalPlaceViewSet(SnippetViewSet):
    model = LocalPlace
    icon = "site"
    list_display = ["name", "also_called", "write_instead"]
    search_fields = ["name", "also_called"]


class CaseNumberShapeViewSet(SnippetViewSet):
    model = CaseNumberShape
    icon = "key"
    list_display = ["sample", "system"]


class DisclosureGroup(SnippetViewSetGroup):
    menu_label = "Disclosure check"
    menu_icon = "lock"
    menu_order = 310
    items = (LocalPlaceViewSet, CaseNumberShapeViewSet)
