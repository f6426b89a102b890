"""The tables of a pairing as files: pairs, candidates, unpaired, balance, account.

Numbers are written in full, as the shortest text that reads back as the same number.
Text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.exporters.safe_cells import safe_cell
from matching.pairing import Pairing

Cell = str | float | int | None


def pairing_tables(pairing: Pairing, account: Mapping[str, Any]) -> dict[str, bytes]:
    """Each output file's name and content, in UTF-8.

    ``account`` is that of :func:`matching.account.account_of` with what the caller
    adds, such as seconds and version.
    """
    return {
        "pairs.csv": pairs_csv(pairing),
        "candidates.csv": candidates_csv(pairing),
        "unpaired.csv": unpaired_csv(pairing),
        "balance.csv": balance_csv(pairing),
        "account.json": account_json(account),
    }


def pairs_csv(pairing: Pairing) -> bytes:
    """One row for each pair: contemporary, historic, distance."""
    return _as_csv(
        ("contemporary", "historic", "distance"),
        (
            (
                safe_cell(pair.contemporary_id),
                safe_cell(pair.historic_id),
                pair.distance,
            )
            for pair in pairing.pairs
        ),
    )


def candidates_csv(pairing: Pairing) -> bytes:
    """One row for each candidate, with one share for each covariate of the plan."""
    names = [covariate.name for covariate in pairing.plan.covariates]
    headings = ["contemporary", "rank", "historic", "distance"]
    headings += [f"share_{name}" for name in names]
    has_narrative = bool(pairing.plan.narrative)
    if has_narrative:
        headings.append("narrative_likeness")

    def rows() -> Iterable[list[Cell]]:
        for candidate in pairing.candidates:
            row: list[Cell] = [
                safe_cell(candidate.contemporary_id),
                candidate.rank,
                safe_cell(candidate.historic_id),
                candidate.distance,
                *(comparison.share for comparison in candidate.comparisons),
            ]
            if has_narrative:
                row.append(candidate.narrative_likeness)
            yield row

    return _as_csv(headings, rows())


def unpaired_csv(pairing: Pairing) -> bytes:
    """One row for each contemporary case without a partner, and why."""
    return _as_csv(
        ("contemporary", "reason", "nearest", "nearest_distance", "ruled_out_by"),
        (
            (
                safe_cell(case.contemporary_id),
                safe_cell(case.reason),
                safe_cell(case.nearest_id),
                case.nearest_distance,
                safe_cell(case.ruled_out_by),
            )
            for case in pairing.unpaired
        ),
    )


def balance_csv(pairing: Pairing) -> bytes:
    """One row for each covariate or level; no figure leaves its cell empty."""
    return _as_csv(
        (
            *("covariate", "level", "smd_before", "smd_after"),
            *("variance_ratio_before", "variance_ratio_after"),
        ),
        (
            (
                safe_cell(row.covariate),
                safe_cell(row.level),
                row.smd_before,
                row.smd_after,
                row.variance_ratio_before,
                row.variance_ratio_after,
            )
            for row in pairing.balance
        ),
    )


def account_json(account: Mapping[str, Any]) -> bytes:
    """The account as JSON with its keys in the order given."""
    text = json.dumps(account, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def _as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
