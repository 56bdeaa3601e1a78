"""Forms beside the pages of every day, as they are first shown and as they come back with an error."""

from learning.people.roles import Role
from tests.browser.audits import AUDITOR, OWNER, WORKER
from tests.browser.looks import ACTION, AUDIT, REPORT, SHARED, Look, send_as_it_is, send_wrongly

LEAD, OFFICER, GOVERNANCE = Role.LEAD_QA, Role.QA_OFFICER, Role.INFORMATION_GOVERNANCE
PRESENTED, LAST_PAGE = "/packs/{pack}/presented/", "/packs/{marked_pack}/powerpoint/"
HAND_OVER = "/audits/escalations/{conveyed}/hand-over/"
ADDED, RETENTION = REPORT + "add/", "/audits/retention/"
SPOT_CHECKS = "/audits/spot-checks/"
CHECK, DONE = SPOT_CHECKS + "{check_ref}/", SPOT_CHECKS + "{done_check_ref}/"
DISCLOSURE, PURGE = "/admin/pages/{draft}/disclosure/", "/admin/pages/{finding}/purge/"
TEAMS = "/admin/snippets/learning/team/"

OF_PACKS = [
    Look("pack, presented", PRESENTED),
    Look("pack, presented, empty", PRESENTED, do=send_as_it_is("attended")),
    Look("pack, presented, with words to read again", "/packs/presented/{presentation}/"),
    Look("packs, what was presented", "/packs/presented/", LEAD),
    Look("pack, before a download", LAST_PAGE),
    Look("pack, before a download, unread", LAST_PAGE, do=send_as_it_is("read")),
    Look("pack, words that have to go", "/packs/{refused_pack}/powerpoint/"),
    Look("pack, slide with marked words", "/packs/{refused_pack}/slides/{refused_slide}/"),
]
OF_AUDITS = [
    Look("audit, about the case", AUDIT + "about/", AUDITOR),
    Look("audit, urgent, empty", AUDIT + "urgent/", AUDITOR, send_as_it_is("is_concern")),
    Look("audit, reply, empty", SHARED + "reply/", WORKER, send_as_it_is("reflection")),
    Look("escalation, conveying, empty", "/audits/escalations/{escalation}/convey/", LEAD,
         send_as_it_is("action")),
    Look("escalation, handing over", HAND_OVER, LEAD),
    Look("escalation, handing over, empty", HAND_OVER, LEAD, send_as_it_is("why")),
    Look("escalation, reported", "/audits/escalations/{reported}/", LEAD),
    Look("recommendation, more time, empty", ACTION + "more-time/", OWNER, send_as_it_is("reason")),
    Look("recommendation, draft, empty", "/audits/recommendations/draft/{written}/", AUDITOR,
         send_as_it_is("action")),
    Look("report, addendum", ADDED, LEAD),
    Look("report, addendum, empty", ADDED, LEAD, send_as_it_is("text")),
    Look("board, considering, empty", "/audits/boards/considerations/{consideration}/",
         Role.BOARD_MEMBER, send_as_it_is("minute")),
    Look("opening, asking, empty", "/audits/openings/ask/", GOVERNANCE, send_as_it_is("reason")),
]  # fmt: skip
OF_SPOT_CHECKS = [
    Look("spot checks", SPOT_CHECKS, OFFICER),
    Look("spot checks, beginning, empty", SPOT_CHECKS + "begin/", OFFICER,
         send_as_it_is("cases_asked")),
    Look("spot checks, a round", SPOT_CHECKS + "rounds/{round_ref}/", OFFICER),
    Look("spot check", CHECK, AUDITOR),
    Look("spot check, writing, with a grade", CHECK + "write/", AUDITOR,
         send_wrongly(**{"overall-means": "We would rate this good."})),
    Look("spot check, not finished yet", CHECK + "finish/", AUDITOR),
    Look("spot check, what comes of it, empty", DONE + "review/", LEAD, send_as_it_is("outcome")),
]  # fmt: skip
OF_RETENTION = [
    Look("retention", RETENTION, LEAD),
    Look("retention, list", RETENTION + "lists/{disposal_id}/", LEAD),
    Look("retention, approving", RETENTION + "lists/{disposal_id}/approve/", GOVERNANCE),
    Look("retention, holding back, empty", RETENTION + "hold/", LEAD, send_as_it_is("reference")),
    Look("retention, hold, empty", RETENTION + "holds/{hold_id}/", LEAD,
         send_as_it_is("review_on_day")),
]  # fmt: skip
IN_THE_DESK = [
    Look("disclosure check, to read", DISCLOSURE, Role.EDITOR),
    Look("disclosure check", DISCLOSURE, OFFICER),
    Look("disclosure check, empty", DISCLOSURE, OFFICER, send_as_it_is("words_digest")),
    Look("disclosure check, done", "/admin/pages/{finding}/disclosure/", OFFICER),
    Look("purge", PURGE, LEAD),
    Look("purge, empty", PURGE, LEAD, send_as_it_is("reason")),
    Look("teams", TEAMS, Role.AUDIT_ADMIN),
    Look("team, adding, empty", TEAMS + "add/", Role.AUDIT_ADMIN, send_as_it_is("name")),
    Look("team, changing", TEAMS + "edit/{team}/", Role.AUDIT_ADMIN),
]
FORMS = [*OF_PACKS, *OF_AUDITS, *OF_SPOT_CHECKS, *OF_RETENTION, *IN_THE_DESK]
