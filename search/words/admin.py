"""Editors' words in the Wagtail admin."""

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.trying.views import WordsCreateView, WordsDeleteView, WordsEditView
from search.words.models import BestBet, Exclusion, StemOverride, SynonymEntry


class WordsViewSet(SnippetViewSet):
    """Words whose change is shown before it is made."""

    add_view_class = WordsCreateView
    edit_view_class = WordsEditView
    delete_view_class = WordsDeleteView
    delete_template_name = WordsDeleteView.template_name


class SynonymViewSet(WordsViewSet):
    model = SynonymEntry
    icon = "group"
    menu_label = "Synonyms"
    list_display = ["line", "note"]
    search_fields = ["line", "note"]
    list_per_page = 100


class BestBetViewSet(WordsViewSet):
    model = BestBet
    icon = "pick"
    menu_label = "Best bets"
    list_display = ["query", "page", "note"]
    search_fields = ["query"]


class ExclusionViewSet(WordsViewSet):
    model = Exclusion
    icon = "view"
    menu_label = "Exclusions"
    list_display = ["query", "page", "reason"]
    search_fields = ["query"]


class StemOverrideViewSet(WordsViewSet):
    model = StemOverride
    icon = "edit"
    menu_label = "Stemming overrides"
    list_display = ["word", "found_as"]
    search_fields = ["word", "found_as"]


class SearchWordsGroup(SnippetViewSetGroup):
    items = (SynonymViewSet, BestBetViewSet, ExclusionViewSet, StemOverrideViewSet)
    menu_label = "Search words"
    menu_icon = "search"
    menu_order = 320
