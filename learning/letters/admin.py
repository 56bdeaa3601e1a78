"""The register of letters in the editors' desk: a list for the QA office, and nothing to change.

Each line leads to the letter on the portal: there its words are shown, and each look is logged.
"""

from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from learning.access.matrix import Right
from learning.access.registers import ReadOnlyRegister, Register
from learning.letters.models import GoodPracticeLetter


class LetterHelper(ReadOnlyRegister):
    right = Right.LETTER_REGISTER


class LetterAdmin(Register):
    """Reference, state and dates; no name, no word of a letter, no export."""

    model = GoodPracticeLetter
    base_url_path = "letters"
    menu_label = "Private letters"
    menu_icon = "mail"
    menu_order = 285
    list_display = ("page_link", "state", "nominated_at", "sent_at")
    list_filter = ("state",)
    search_fields = ("ref",)
    ordering = ("-ref",)
    permission_helper_class = LetterHelper

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[GoodPracticeLetter]:
        return GoodPracticeLetter.objects.visible_to(request.user).order_by(*self.ordering)

    def page_link(self, letter: GoodPracticeLetter) -> str:
        return format_html('<a href="{}">{}</a>', letter.get_absolute_url(), letter.ref)

    page_link.short_description = "Reference"  # type: ignore[attr-defined]
