"""Every address of the portal, by the name of its URL, and the right that opens it.

The rights and the roles that have them stand in `learning.access.matrix`. The tests walk the resolver,
so an address without a line here fails the suite by its name.
"""

from collections.abc import Iterator
from enum import Enum
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from learning.access.matrix import Relation, Right
from learning.people.roles import Role


class Door(Enum):
    """Addresses that no right is about."""

    PUBLIC = "Anybody, signed in or not"
    SIGNED_IN = "Everybody who signs in, with or without a role"
    CLOSED = "Nobody: the portal does not use it"


Opener = Right | Door

DOORS: dict[str, Opener] = {
    # Signing in
    "health": Door.PUBLIC,
    "account_*": Door.PUBLIC,
    "account_logout": Door.SIGNED_IN,
    "account_reauthenticate": Door.SIGNED_IN,
    "account_change_password": Door.SIGNED_IN,
    "account_set_password": Door.SIGNED_IN,
    # Reading
    "wagtail_serve": Right.READ,
    "audit_pages:theme": Right.READ,
    "audit_pages:bookmark": Right.READ,
    "audit_pages:useful": Right.READ,
    "search:*": Right.READ,
    "search:suggest": Door.SIGNED_IN,  # an empty list for those who may not read
    "media": Right.READ,
    "wagtaildocs_serve": Right.READ,
    "wagtaildocs_authenticate_with_password": Door.CLOSED,
    "wagtailcore_authenticate_with_password": Door.CLOSED,
    "wagtailcore_login": Door.CLOSED,
    "home:about": Door.PUBLIC,
    "home:my_work": Door.SIGNED_IN,
    "home:bookmarks": Door.SIGNED_IN,
    # Packs
    "audit_pages:packs:*": Right.BUILD_PACKS,
    "audit_pages:packs:list": Right.READ_PACKS,
    "audit_pages:packs:pack": Right.READ_PACKS,
    "audit_pages:packs:powerpoint": Right.READ_PACKS,
    "audit_pages:packs:print": Right.READ_PACKS,
    "audit_pages:packs:presentations": Right.SEE_PRESENTATIONS,
    # Restricted
    "evidence:*": Right.EVIDENCE,
    "access-log_modeladmin_index": Right.ACCESS_LOG,
    "access-log_modeladmin_create": Door.CLOSED,
    "access-log_modeladmin_edit": Door.CLOSED,
    "access-log_modeladmin_delete": Door.CLOSED,
    # Submissions
    "submissions:*": Right.WRITE_SUBMISSION,
    "submissions:list": Door.SIGNED_IN,  # each person finds in it only what they may read
    "submissions:show": Right.READ_SUBMISSION,
    "submissions:read": Right.READ_SUBMISSION,
    "submissions:changes": Right.READ_SUBMISSION,
    "submissions:review": Right.QUALITY_ASSURE,
    "submissions:share": Right.QUALITY_ASSURE,
    "submissions:go_on": Right.QUALITY_ASSURE,
    "submissions:complete": Right.QUALITY_ASSURE,
    "submissions:lock": Right.QUALITY_ASSURE,
    "submissions:reply": Right.REPLY_TO_SUBMISSION,
    "submissions:addendum": Right.ADD_TO_SUBMISSION,
    # Opening one audit to somebody who is no part of it
    "openings:*": Right.SEE_OPENINGS,
    "openings:break_glass": Right.BREAK_GLASS,
    "openings:ask": Right.ASK_TO_READ,
    "openings:decide": Right.DECIDE_OPENING,
    # Keeping, and disposing of what was kept long enough
    "retention:*": Right.SEE_RETENTION,
    "retention:draw_up": Right.CHECK_DISPOSAL,
    "retention:check": Right.CHECK_DISPOSAL,
    "retention:approve": Right.APPROVE_DISPOSAL,
    # Family feedback
    "feedback:*": Right.ASK_FAMILY,
    "feedback:list": Door.SIGNED_IN,  # each person finds in it only what they may read or answer
    "feedback:case": Right.READ_FAMILY_FEEDBACK,
    "feedback:show": Right.READ_FAMILY_FEEDBACK,
    "feedback:safety": Right.CHECK_SAFE_CONTACT,
    "feedback:add": Right.SETTLE_FAMILY_FEEDBACK,
    "feedback:end": Right.SETTLE_FAMILY_FEEDBACK,
    "feedback:take_quote_back": Right.SETTLE_FAMILY_FEEDBACK,
    # The programme
    "preparation_modeladmin_index": Right.SEE_READINESS,
    "preparation_modeladmin_create": Door.CLOSED,
    "preparation_modeladmin_edit": Door.CLOSED,
    "preparation_modeladmin_delete": Door.CLOSED,
    "proforma:*": Right.KEEP_FORMS,
    "selection:*": Right.DRAW,
    "selection:draw": Right.SEE_DRAW,
    "selection:frame": Right.SEE_DRAW,
    "selection:certificate*": Right.SEE_DRAW,
    "selection:cases": Right.SEE_CASES,
    "selection:case": Right.SEE_CASES,
    "selection:prepare": Right.CONFIRM_PREPARATION,
    "selection:key": Right.CASE_KEY,
    "selection:name_worker": Right.ALLOCATE,
    "selection:tell_workers": Right.ALLOCATE,
    "selection:allocate": Right.ALLOCATE,
    "selection:reallocate": Right.ALLOCATE,
    "selection:exchange": Right.ALLOCATE,
    "programme:*": Right.ARRANGE_CYCLE,
    "programme:list": Right.SEE_PROGRAMME,
    "programme:cycle": Right.SEE_PROGRAMME,
    "programme:plan_year": Right.PLAN_PROGRAMME,
    "programme:add_cycle": Right.PLAN_PROGRAMME,
    "programme:step": Right.PLAN_PROGRAMME,
    "programme:resume": Right.PLAN_PROGRAMME,
    "programme:readiness": Right.SEE_READINESS,
    "programme:record_readiness": Right.RECORD_READINESS,
    "programme:review_preparation": Right.RECORD_READINESS,
    "programme:links": Right.ALLOCATE,
    "programme:my_part": Right.VOLUNTEER,
    "programme:volunteer": Right.VOLUNTEER,
    "programme:withdraw": Right.VOLUNTEER,
    "programme:declare_links": Right.PREPARE_TO_AUDIT,
    "programme:acknowledge": Right.PREPARE_TO_AUDIT,
    # Recommendations
    "recommendations:*": Right.CONFIRM_COMPLETION,
    "recommendations:register": Right.SEE_RECOMMENDATIONS,
    "recommendations:download": Right.SEE_RECOMMENDATIONS,
    "recommendations:show": Right.READ_RECOMMENDATION,
    "recommendations:draft": Right.DRAFT_RECOMMENDATION,
    "recommendations:change": Right.DRAFT_RECOMMENDATION,
    "recommendations:discard": Right.DRAFT_RECOMMENDATION,
    "recommendations:issue": Right.ISSUE_RECOMMENDATION,
    "recommendations:close": Right.ISSUE_RECOMMENDATION,
    "recommendations:verify": Right.VERIFY_RECOMMENDATION,
    "recommendations:decide_extension": Right.ISSUE_RECOMMENDATION,
    "recommendations:decide_non_acceptance": Right.DECIDE_NON_ACCEPTANCE,
    "recommendations:hand_over": Right.ISSUE_RECOMMENDATION,
    "recommendations:supersede": Right.ISSUE_RECOMMENDATION,
    "recommendations:pause": Right.FOLLOW_UP,
    "impact:*": Right.ASSESS_IMPACT,
    "impact:ledger": Right.SEE_RECOMMENDATIONS,
    "recommendations_modeladmin_index": Right.FOLLOW_UP,
    "recommendations_modeladmin_create": Door.CLOSED,
    "recommendations_modeladmin_edit": Door.CLOSED,
    "recommendations_modeladmin_delete": Door.CLOSED,
    # Escalations
    "escalations:*": Right.SEE_TO_ESCALATIONS,
    "escalations:list": Door.SIGNED_IN,  # each person finds in it only what they may read
    "escalations:show": Right.READ_ESCALATION,
    "escalations:acknowledge": Right.ANSWER_ESCALATION,
    "escalations:report": Right.ANSWER_ESCALATION,
    "escalations:note": Right.ADD_TO_ESCALATION,
    "escalations_modeladmin_index": Right.ESCALATION_REGISTER,
    "escalations_modeladmin_create": Door.CLOSED,
    "escalations_modeladmin_edit": Door.CLOSED,
    "escalations_modeladmin_delete": Door.CLOSED,
    # Plenaries
    "plenaries:*": Right.READ_PLENARY,
    "plenaries:recommend": Right.DRAFT_RECOMMENDATION,
    "plenaries:nothing": Right.SETTLE_PLENARY,
    "plenaries:add": Right.SETTLE_PLENARY,
    # Reflections
    "reflections:*": Right.REFLECT,
    "reflections:list": Door.SIGNED_IN,  # each person finds in it only their own
    "reflections:record": Door.SIGNED_IN,
    "reflections:download_*": Door.SIGNED_IN,
    "reflections:shared": Right.READ_SHARED_REFLECTION,
    # Hours
    "hours:own": Right.LOG_HOURS,
    "hours:cycle": Right.SEE_HOURS,
    # Letters
    "letters:*": Right.SEE_TO_LETTERS,
    "letters:list": Door.SIGNED_IN,  # each person finds in it only what they may read
    "letters:nominate": Right.NOMINATE_FOR_LETTER,
    "letters:show": Right.READ_LETTER,
    "letters:frame": Right.READ_LETTER,
    "letters:write": Right.WRITE_LETTER,
    "letters:answer": Right.ANSWER_LETTER,
    "letters:withdraw": Right.ANSWER_LETTER,
    "letters_modeladmin_index": Right.LETTER_REGISTER,
    "letters_modeladmin_create": Door.CLOSED,
    "letters_modeladmin_edit": Door.CLOSED,
    "letters_modeladmin_delete": Door.CLOSED,
    # Spot checks
    "spot_checks:*": Right.MAKE_SPOT_CHECK,
    "spot_checks:list": Door.SIGNED_IN,  # each person finds in it only what they may see
    "spot_checks:begin": Right.DRAW_SPOT_CHECKS,
    "spot_checks:draw": Right.DRAW_SPOT_CHECKS,
    "spot_checks:give": Right.DRAW_SPOT_CHECKS,
    "spot_checks:set_aside": Right.DRAW_SPOT_CHECKS,
    "spot_checks:key": Right.CASE_KEY,
    "spot_checks:round": Right.SEE_SPOT_CHECK_ROUNDS,
    "spot_checks:certificate": Right.SEE_SPOT_CHECK_ROUNDS,
    "spot_checks:show": Right.READ_SPOT_CHECK,
    "spot_checks:review": Right.ASSURE_SPOT_CHECK,
    # The audit itself
    "process_review:*": Right.RUN_PROCESS_REVIEW,
    "process_review:list": Right.SEE_PROCESS_REVIEW,
    "process_review:show": Right.SEE_PROCESS_REVIEW,
    "process_review:round": Right.SEE_PROCESS_REVIEW,
    "process_review:answer": Right.ANSWER_ABOUT_AUDIT,
    "process_review:changes": Right.SEE_PROGRAMME,
    # Figures, reports, boards
    "figures:*": Right.SEE_FIGURES,
    "reports:*": Right.WRITE_REPORT,
    "reports:list": Right.READ_REPORT_SUMMARY,
    "reports:summary": Right.READ_REPORT_SUMMARY,
    "reports:report": Right.READ_REPORT,
    "reports:download_*": Right.READ_REPORT,
    "reports:sign": Right.SIGN_REPORT,
    "reports:add": Right.ADD_TO_REPORT,
    "reports:recommend": Right.ADD_TO_REPORT,
    "reports:answer": Right.SIGN_REPORT,
    "reports:consider": Right.CONSIDER_REPORT,
    "reports:ask": Right.CONSIDER_REPORT,
    "reports:oversight": Right.OVERSEE,
    "reports:boards": Right.KEEP_BOARDS,
    "reports:add_board": Right.KEEP_BOARDS,
    "reports:change_board": Right.KEEP_BOARDS,
    # The editors' desk
    "wagtailadmin_home": Right.DESK,
    "wagtailadmin_account": Right.DESK,
    "wagtailadmin_dismissibles": Right.DESK,
    "wagtailadmin_editing_sessions:*": Right.DESK,
    "wagtailadmin_reports:site_history*": Right.DESK,
    "wagtail_modeladmin:javascript_catalog": Right.DESK,
    "wagtailadmin_logout": Door.SIGNED_IN,
    "wagtailadmin_sprite": Door.SIGNED_IN,
    "wagtailadmin_javascript_catalog": Door.SIGNED_IN,
    "wagtailadmin_login": Door.SIGNED_IN,
    "wagtailadmin_password_reset*": Door.CLOSED,
    "wagtailadmin_error_test": Right.SET_UP,
    "wagtailadmin_block_preview": Right.WRITE_PAGES,
    # Pages in the desk
    "wagtailadmin_explore*": Right.SEE_TREE,
    "wagtail_bulk_action": Right.DESK,
    "wagtailadmin_pages:search*": Right.SEE_TREE,
    "wagtailadmin_pages:type_use*": Right.SEE_TREE,
    "wagtailadmin_pages:*": Right.WRITE_PAGES,
    "wagtailadmin_pages:unpublish": Right.WITHDRAW,
    "purge_page": Right.WITHDRAW,
    "check_disclosure": Right.READ_BEFORE_PUBLISHING,
    "wagtailadmin_pages:set_privacy": Right.WITHDRAW,
    "wagtailadmin_pages:set_page_position": Right.WITHDRAW,
    "wagtailadmin_pages:revisions_unschedule": Right.WITHDRAW,
    "wagtailadmin_pages:move*": Right.ARRANGE_PAGES,
    "wagtailadmin_pages:delete": Right.ARRANGE_PAGES,
    "wagtailadmin_pages:lock": Right.ARRANGE_PAGES,
    "wagtailadmin_pages:unlock": Right.ARRANGE_PAGES,
    "wagtailadmin_pages:workflow_action": Right.CHECK_LEARNING,
    "wagtailadmin_pages:collect_workflow_action_data": Right.CHECK_LEARNING,
    "wagtailadmin_pages:workflow_preview": Right.CHECK_LEARNING,
    "wagtailadmin_pages:confirm_workflow_cancellation": Right.LOOK_UP,
    "wagtailadmin_choose_page*": Right.LOOK_UP,
    "wagtailadmin_api:*": Right.LOOK_UP,
    "wagtailadmin_api:pages:detail": Right.SEE_TREE,
    "wagtailadmin_api:pages:action": Right.WRITE_PAGES,
    "wagtailadmin_tag_*": Right.LOOK_UP,
    "wagtailsnippetchoosers_*:*": Right.LOOK_UP,
    "wagtailsnippetchoosers_*:create": Right.WORDS,
    "wagtailsnippetchoosers_learning_team:*": Door.CLOSED,  # no page names a team
    "wagtaildocs_chooser:*": Right.LOOK_UP,
    "wagtaildocs_chooser:create": Right.WRITE_PAGES,
    "wagtailimages_chooser:*": Right.LOOK_UP,
    "wagtailimages_chooser:create": Right.WRITE_PAGES,
    "wagtaildocs:*": Right.WRITE_PAGES,
    "wagtailimages:*": Right.WRITE_PAGES,
    "wagtailimages:url_generator*": Door.CLOSED,
    "wagtailembeds:*": Door.CLOSED,
    # Reports
    "wagtailadmin_reports:*": Right.SEE_TREE,
    "wagtailadmin_reports:locked_pages*": Right.ARRANGE_PAGES,
    "needs_attention*": Right.SEE_TREE,
    "search_fruitless_report*": Right.WORDS,
    "usefulness": Right.WRITE_PAGES,
    # Findings of others
    "imports:*": Right.IMPORT,
    "imports:approve": Right.APPROVE_IMPORT,
    "imports:withdraw": Right.APPROVE_IMPORT,
    # Words
    "wagtailsnippets_*:*": Right.WORDS,
    "wagtailsnippets_learning_*:delete": Right.SET_UP,
    "wagtailsnippets_learning_localplace:*": Right.LOCAL_PLACES,
    "wagtailsnippets_learning_localplace:delete": Right.LOCAL_PLACES,
    "wagtailsnippets_learning_casenumbershape:*": Right.LOCAL_PLACES,
    "wagtailsnippets_learning_casenumbershape:delete": Right.LOCAL_PLACES,
    "wagtailsnippets:index": Right.SET_UP,
    # People
    "wagtailusers_users:*": Right.PEOPLE,
    "wagtailusers_users:index*": Right.SEE_PEOPLE,
    "wagtailusers_users:delete": Right.SET_UP,
    "wagtailsnippets_learning_team:*": Right.PEOPLE,
    "wagtailsnippets_learning_team:list*": Right.SEE_PEOPLE,
    "wagtailsnippets_learning_team:delete": Right.SET_UP,
    "wagtailusers_groups:*": Right.SET_UP,
    "wagtailusers_groups:index*": Right.SEE_GROUPS,
    # Setting up
    "wagtailadmin_collections:*": Right.SET_UP,
    "wagtailadmin_workflows:*": Right.SET_UP,
    "wagtailredirects:*": Right.SET_UP,
    "wagtailsettings:*": Right.AUDIT_SETTINGS,
    "wagtailsettings:preview_on_edit": Door.CLOSED,
    "wagtailsites:*": Right.SET_UP,
}
"""URL names, `*` standing for anything; the longest line that fits a name is the one that counts."""

BULK: dict[str, Right] = {
    "wagtailcore.page": Right.SEE_TREE,
    "learning.staffmember": Right.PEOPLE,
    "learning.team": Right.PEOPLE,
    "learning.localplace": Right.LOCAL_PLACES,
    "learning.casenumbershape": Right.LOCAL_PLACES,
    "audit_pages.portalimage": Right.WRITE_PAGES,
    "wagtaildocs.document": Right.WRITE_PAGES,
}
"""Kinds of things that the desk changes many at once; all others are words."""

LEFT_AJAR = (
    "wagtail_bulk_action",
    "wagtailadmin_api:*",
    "wagtailadmin_choose_page*",
    "wagtailadmin_tag_*",
    "wagtailadmin_block_preview",
    "wagtailadmin_error_test",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:revisions_index",
    "wagtailadmin_workflows:task_cho*",
    "wagtailsnippetchoosers_*:*",
    "wagtaildocs_chooser:*",
    "wagtailimages_chooser:*",
    "wagtailembeds:*",
    "wagtailimages:url_generator*",
)
"""Addresses that Wagtail shows to everybody with the desk, titles of drafts included. The portal's
middleware asks for the right above as well (`portal.middleware.LeftAjarMiddleware`)."""


@cache
def opener_of(url_name: str) -> Opener | None:
    """What opens this address; None for one that nobody has thought of."""
    fitting = [pattern for pattern in DOORS if fnmatchcase(url_name, pattern)]
    return DOORS[max(fitting, key=len)] if fitting else None


def opener_of_bulk(app_label: str, model_name: str) -> Right:
    """What opens the steps on many things of one kind at once: their pages name whatever is asked for,
    also to those who may do nothing with it."""
    return BULK.get(f"{app_label}.{model_name}".lower(), Right.WORDS)


@cache
def is_left_ajar(url_name: str) -> bool:
    """Whether the portal has to guard this address itself."""
    return any(fnmatchcase(url_name, pattern) for pattern in LEFT_AJAR)


def roles_of(opener: Opener) -> frozenset[Role]:
    """The roles whose people get in."""
    if isinstance(opener, Right):
        return opener.value.roles
    return frozenset() if opener is Door.CLOSED else frozenset(Role)


def relations_of(opener: Opener) -> frozenset[Relation]:
    """What opens it to somebody because of what they are to that case or recommendation."""
    return opener.value.relations if isinstance(opener, Right) else frozenset()


def lets_in(opener: Opener, user: Any) -> bool:
    """Whether this signed-in person gets in: by a role, or as a superuser unless it is closed."""
    if opener is Door.CLOSED:
        return False
    return user.is_superuser or isinstance(opener, Door) or user.has_role(*roles_of(opener))


def url_names() -> Iterator[str]:
    """The name of every address of the resolver, namespaces included, in order and once."""
    yield from dict.fromkeys(name for name, _ in _walk(get_resolver(), ()))


def _walk(resolver: URLResolver, namespaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, inner)
        elif pattern.name:
            yield ":".join([*namespaces, pattern.name]), pattern
