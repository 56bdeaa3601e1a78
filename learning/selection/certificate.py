"""The certificate of a draw: everything that is needed to draw again, and the check that somebody did not
change it (domain.md E2, invariant 5). It holds pseudonyms, never a council's number.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from learning.selection.draw import (
    ALGORITHM,
    VERSION,
    Candidate,
    DrawNotPossible,
    DrawResult,
    canonical,
    draw,
    hash_of_frame,
    hash_of_seed,
    rows_of,
)

KIND = "certificate of a draw of cases"


def certificate_of(
    *,
    cycle: str,
    seed: str,
    committed_at: datetime,
    loaded_at: datetime,
    drawn_at: datetime,
    cases: list[Candidate],
    excluded: Mapping[str, str],
    proposed: Mapping[str, int],
    targets: Mapping[str, int],
    reserves: int,
    minimum_initial_contacts: int,
    siblings_together: bool,
    reason: str,
    not_covered: Mapping[str, str],
    result: DrawResult,
    apart: Mapping[str, str] | None = None,
    due_on: date | None = None,
) -> dict[str, Any]:
    """The certificate, with its fingerprint.

    `excluded` gives a reason's code for each pseudonym; `apart` says in words why a case stands in a stratum
    of its own; `due_on` is the day for which the draw was planned.
    """
    body = {
        "kind": KIND,
        "cycle": cycle,
        "algorithm": ALGORITHM,
        "version": VERSION,
        "seed": seed,
        "seed_hash": hash_of_seed(seed),
        "seed_committed_at": committed_at.isoformat(),
        "frame_loaded_at": loaded_at.isoformat(),
        "drawn_at": drawn_at.isoformat(),
        "frame": sorted(rows_of(cases)),
        "frame_hash": hash_of_frame(cases),
        "excluded": dict(excluded),
        "siblings_together": siblings_together,
        "left_aside_as_siblings": list(result.siblings),
        "minimum_initial_contacts": minimum_initial_contacts,
        "proposed": dict(proposed),
        "targets": dict(targets),
        "reserves": reserves,
        "reason_for_other_targets": reason,
        "areas_not_covered": dict(not_covered),
        "strata": _strata(result),
    }
    if apart:
        body["set_apart"] = dict(apart)
    if due_on is not None:
        body["due_on"] = due_on.isoformat()
    return body | {"fingerprint": fingerprint_of(body)}


def fingerprint_of(certificate: Mapping[str, Any]) -> str:
    """SHA-256 over everything but itself."""
    body = {key: value for key, value in certificate.items() if key != "fingerprint"}
    return hashlib.sha256(canonical(body)).hexdigest()


def file_of(certificate: Mapping[str, Any]) -> bytes:
    """The certificate as a file; a file that differs by one byte is not it."""
    return canonical(certificate) + b"\n"


def _strata(result: DrawResult) -> list[dict[str, Any]]:
    return [
        {
            "stratum": stratum.name,
            "area": stratum.area,
            "route": stratum.route,
            "cases": stratum.size,
            "drawn": list(stratum.drawn),
            "reserves": list(stratum.reserves),
        }
        for stratum in result.strata
    ]


def what_is_wrong(content: bytes) -> list[str]:
    """What does not fit in a certificate's file, a sentence each; empty when the draw comes out the same."""
    try:
        certificate = json.loads(content)
        cases = [Candidate(*row) for row in certificate["frame"]]
    except (ValueError, TypeError, KeyError):
        return ["This is not the certificate of a draw, or it is cut off."]
    if certificate.get("kind") != KIND or certificate.get("version") != VERSION:
        return ["This is not a certificate that this version of the portal has written."]
    return [
        *_wrong_parts(certificate, cases),
        *_wrong_draw(certificate, cases),
        *_wrong_bytes(certificate, content),
    ]


def _wrong_parts(certificate: dict[str, Any], cases: list[Candidate]) -> list[str]:
    found = []
    if hash_of_seed(str(certificate.get("seed"))) != certificate.get("seed_hash"):
        found.append("The seed is not the one whose hash was shown before the draw.")
    if hash_of_frame(cases) != certificate.get("frame_hash"):
        found.append("The list of cases is not the one that was loaded: its hash is another.")
    if fingerprint_of(certificate) != certificate.get("fingerprint"):
        found.append("Something was changed after the draw: the fingerprint does not fit.")
    return found


def _wrong_draw(certificate: dict[str, Any], cases: list[Candidate]) -> list[str]:
    """Draw again, and name each stratum that comes out otherwise."""
    try:
        again = draw_again(certificate, cases)
    except (DrawNotPossible, KeyError, TypeError, AttributeError):
        return ["The draw cannot be done again with what the certificate says."]
    now, then = _by_stratum(_strata(again)), _by_stratum(certificate.get("strata") or [])
    names = [name for name in sorted(now.keys() | then.keys()) if now.get(name) != then.get(name)]
    found = [f"Drawn again, “{name}” comes out otherwise." for name in names]
    if list(again.siblings) != certificate.get("left_aside_as_siblings"):
        found.append("Drawn again, other brothers and sisters are left aside.")
    return found


def draw_again(certificate: Mapping[str, Any], cases: list[Candidate]) -> DrawResult:
    """The draw, from nothing but the certificate."""
    return draw(
        [case for case in cases if case.pseudonym not in certificate["excluded"]],
        seed=certificate["seed"],
        targets=certificate["targets"],
        reserves=certificate["reserves"],
        siblings_together=certificate["siblings_together"],
    )


def _by_stratum(strata: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(stratum.get("stratum")): stratum for stratum in strata}


def _wrong_bytes(certificate: dict[str, Any], content: bytes) -> list[str]:
    """A file can say the same with other bytes; then it is not the file that the portal wrote."""
    if file_of(certificate) == content:
        return []
    return ["The file is not byte for byte as the portal wrote it."]
