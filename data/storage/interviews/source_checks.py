"""What keeps a source from being saved, said before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, select

from coding.coded_segments import Segment
from coding.transcripts import SourceKind
from data.problems import DataProblem, DataRefused
from data.sources import NewSource
from data.storage.interviews.speaker_mapping import mapping_of_each_speaker
from data.tables import SourceRow

_NOTHING_SAVED = "Nothing was saved."


def require_new(session: Session, sources: Sequence[NewSource]) -> None:
    """Refuse, with every problem, sources that are there already or are not sound."""
    problems = problems_of(session, sources)
    if not sources:
        problems.append(
            DataProblem(
                "There is nothing to add.",
                "Add transcripts",
                f"Choose at least one file. {_NOTHING_SAVED}",
            )
        )
    if problems:
        raise DataRefused(problems)


def problems_of(session: Session, sources: Sequence[NewSource]) -> list[DataProblem]:
    """Everything that keeps these sources from being saved."""
    stored = session.exec(select(SourceRow.name, SourceRow.text_sha256)).all()
    by_name = {name.casefold(): name for name, _ in stored}
    by_hash = {sha256: name for name, sha256 in stored}
    problems: list[DataProblem] = _repeated_comments(sources, by_hash)
    for new in sources:
        where = new.file_name or new.transcript.name
        name = new.transcript.name.strip()
        is_comment = new.transcript.kind is SourceKind.SURVEY_COMMENT
        twin = by_hash.get(new.transcript.sha256)
        if twin is not None and not is_comment:
            problems.append(
                DataProblem(
                    f"The study already holds this text as {twin!r}.",
                    where,
                    f"Leave it out, or open the one that is there. {_NOTHING_SAVED}",
                )
            )
        elif name.casefold() in by_name:
            problems.append(
                DataProblem(
                    f"The study already has a source called "
                    f"{by_name[name.casefold()]!r}.",
                    where,
                    f"Give this one another name. {_NOTHING_SAVED}",
                )
            )
        by_name.setdefault(name.casefold(), name)
        by_hash.setdefault(new.transcript.sha256, name)
        problems += [
            DataProblem(found, where, f"{do_next} {_NOTHING_SAVED}")
            for found, do_next in unsound_parts(new)
        ]
    return problems


def _repeated_comments(
    sources: Sequence[NewSource], by_hash: dict[str, str]
) -> list[DataProblem]:
    """A whole table of comments added a second time; single ones may well repeat.

    Two people do write "Thank you", so equal words alone are no reason to refuse.
    """
    comments = [
        one.transcript
        for one in sources
        if one.transcript.kind is SourceKind.SURVEY_COMMENT
    ]
    if len(comments) < 2 or any(one.sha256 not in by_hash for one in comments):
        return []
    return [
        DataProblem(
            f"All {len(comments)} comments are already in the study, the first as "
            f"{by_hash[comments[0].sha256]!r}.",
            sources[0].file_name or "Comments",
            f"Leave the table out, or open what is there. {_NOTHING_SAVED}",
        )
    ]


def unsound_parts(new: NewSource) -> list[tuple[str, str]]:
    """What is wrong with the source itself, each with what to do next."""
    transcript = new.transcript
    found: list[tuple[str, str]] = []
    if not transcript.name.strip():
        found.append(("The source has no name.", "Give it one."))
    if not transcript.turns or not transcript.word_count:
        found.append(
            ("The file holds no words to read.", "Choose the file with the text.")
        )
    length = len(transcript.text)
    if any(not 0 <= turn.start < turn.end <= length for turn in transcript.turns):
        found.append(
            ("A turn lies outside the text.", "Add the file again as it was saved.")
        )
    if new.held_on and not _is_iso_date(new.held_on):
        found.append(("The date is not a day of the calendar.", "Correct the date."))
    if transcript.kind is SourceKind.GROUP_DISCUSSION:
        nobody = [
            mapping.label
            for mapping in mapping_of_each_speaker(new)
            if not mapping.is_interviewer and mapping.participant is None
        ]
        if nobody:
            labels = ", ".join(nobody[:5]) + (" and others" if len(nobody) > 5 else "")
            found.append(
                (
                    f"In a group discussion each speaker stands for one participant, "
                    f"and {len(nobody)} stand for nobody yet: {labels}.",
                    "Say who each of them is.",
                )
            )
    return found


def is_spoken(text: str, turns: Iterable[tuple[int, int]], segment: Segment) -> bool:
    """Whether a passage lies in the text and holds a spoken word of these turns."""
    return segment.end <= len(text) and any(
        text[max(start, segment.start) : min(end, segment.end)].strip()
        for start, end in turns
        if start < segment.end and end > segment.start
    )


def _is_iso_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
