"""Editors' words in the Wagtail admin."""

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.words.models import BestBet, Exclusion, StemOverride, SynonymEntry


class SynonymViewSet(SnippetViewSet):
    model = SynonymEntry
    icon = "group"
    menu_label = "Synonyms"
    list_display = ["line", "note"]
    search_fields = ["line", "note"]
    list_per_page = 100


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    menu_label = "Best bets"
    list_display = ["query", "page", "note"]
    search_fields = ["query"]


class ExclusionViewSet(SnippetViewSet):
    model = Exclusion
    icon = "view"
    menu_label = "Exclusions"
    list_display = ["query", "page", "reason"]
    search_fields = ["query"]


class StemOverrideViewSet(SnippetViewSet):
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
