"""A coded segment out of the row that keeps it."""

from __future__ import annotations

from coding.coded_segments import CodedSegment, Segment
from data.tables import CodedSegmentRow


def as_coded_segment(row: CodedSegmentRow) -> CodedSegment:
    """What a row says is coded: where, under which code, by whom, from what."""
    return CodedSegment(
        row.id,
        row.source_id,
        row.code_id,
        Segment(row.start, row.end),
        row.coder_id,
        row.coded_at,
        row.suggestion_id or "",
    )
