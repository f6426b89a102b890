"""Who wrote the words that a report prints, so that numerals in them lead there.

A numeral that a person wrote was not counted by the workbench: its rows say who wrote
it, when and in which version, and what evidence is linked where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from data.storage.outcomes.statement_records import OutcomeRead
from workbench.actions.evidence.evidence_words import STANCES, words_to_quote
from workbench.actions.findings.appendices.templates import asked_as_words
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.findings.report_counts import theme_of
from workbench.actions.findings.report_findings import heading_words
from workbench.actions.findings.report_material import FindingRead, ReportMaterial
from workbench.actions.findings.rows.rest_of_numbers import Names
from workbench.actions.together.theme_reading import shortened
from workbench.wording import day_in_words

NOT_COUNTED = "Written by a person, not counted by the workbench"


def tell_what_people_wrote(material: ReportMaterial, numbers: PrintedNumbers) -> None:
    """Tell of every piece of words of the study whose it is."""
    if numbers.fit is not None:
        # What leaves holds no rows, and may be worded otherwise.
        return
    telling = _Telling(material, numbers)
    for read in material.findings:
        telling.finding(read)
    for outcome in material.outcomes:
        telling.outcome(outcome)
    telling.study()
    telling.design()
    telling.guides()
    telling.templates()
    telling.codes()


def names_of(material: ReportMaterial) -> Names:
    """Names of the study that may hold a numeral, with what each is."""
    kinds: dict[str, str] = {}
    for code in material.codebook.codes:
        kinds[code.name] = "A code's name"
    for person in material.counts.participants.values():
        kinds[person.role] = "A role"
        kinds[person.team] = "A team"
        kinds[person.locality] = "A locality"
    for strand in material.design.strands:
        kinds[strand.name] = "A strand's name"
    for template in material.templates:
        kinds[template.template.name] = "A template's name"
    for guide in material.design.guides:
        kinds[guide.name] = "A topic guide's name"
    for wave in (*(w.wave for w in material.design.waves), *material.counts.waves):
        kinds[wave] = "A wave's name"
    return Names({name: kind for name, kind in kinds.items() if name})


def written_row(what: str, version: int, by: str, at: datetime | None) -> str:
    """The row of words that a person wrote: what, which version, who, when."""
    who = f", by {by}" if by else ""
    when = f" on {day_in_words(at.date().isoformat())}" if at else ""
    return f"{NOT_COUNTED}: {what}, version {version}{who}{when}"


def evidence_row(one: Evidence) -> str:
    """A piece of linked evidence as a row: how it stands, of which kind, where from."""
    place = one.now.name or one.warning
    return f"Evidence, {STANCES[one.stance].lower()}: {one.kind.in_words}: {place}"


class _Telling:
    def __init__(self, material: ReportMaterial, numbers: PrintedNumbers) -> None:
        self._material = material
        self._numbers = numbers

    def finding(self, read: FindingRead) -> None:
        """A finding's own words, what has to be answered, and its evidence."""
        one = read.finding
        by, at = one.changed_by or one.written_by, one.changed_at or one.written_at
        row = written_row(f"finding “{heading_words(one)}”", one.version, by, at)
        rows = (row, *map(evidence_row, read.evidence))
        words = one.words
        said = (words.statement, words.strength, words.does_not_fit)
        self._words((*said, heading_words(one)), "As written in a finding", rows)
        self._words(
            (" ".join(stop.found for stop in read.stops),), "To be answered", rows
        )
        self._evidence(read.evidence)

    def outcome(self, read: OutcomeRead) -> None:
        """An outcome, the statement on it, its evidence and the answers to that."""
        part = read.part
        linked = tuple(map(evidence_row, read.evidence))
        row = written_row(
            f"outcome {part.label} of the logic model",
            part.version,
            part.changed_by or part.written_by,
            part.changed_at or part.written_at,
        )
        hoped = part.words
        self._words(
            (
                *(hoped.name, hoped.description, hoped.direction),
                *(hoped.counts_for, hoped.counts_against, hoped.source),
            ),
            "As written in the logic model",
            (row,),
        )
        stated = read.statement
        row = written_row(
            f"statement on outcome {part.label}",
            stated.version,
            stated.written_by,
            stated.written_at,
        )
        self._words(
            (stated.words.statement, stated.words.limitations, stated.words.missing),
            "As written in a statement",
            (row, *linked),
        )
        stops = [f"{one.where}: {one.found}" for one in read.stops]
        self._words(stops, "To be answered", (row, *linked))
        self._evidence(read.evidence)
        for answer in read.answers:
            row = written_row(
                f"answer to evidence on outcome {part.label}",
                1,
                answer.answered_by,
                answer.answered_at,
            )
            self._words((answer.words,), "As written in an answer", (row,))

    def study(self) -> None:
        """What the study asks."""
        row = f"{NOT_COUNTED}: description of the study"
        self._words((self._material.study.description,), "As written", (row,))

    def design(self) -> None:
        """Strands, mini-projects, waves and reasons."""
        design = self._material.design
        for strand in design.strands:
            row = written_row(f"strand {strand.name}", strand.version, "", None)
            self._words((strand.name, strand.purpose), "As written of a strand", (row,))
        for project in design.projects:
            name = project.words.name
            row = written_row(
                f"mini-project {name}", project.version, project.owner, None
            )
            said = (name, project.words.question)
            self._words(said, "As written of a mini-project", (row,))
        for wave in design.waves:
            row = written_row(f"purpose of {wave.wave}", wave.version, "", None)
            self._words((wave.purpose,), "As written of a wave", (row,))
        for one in design.reasons.values():
            row = written_row(
                f"why {one.group.in_words} was not reached as aimed for",
                one.version,
                one.written_by,
                one.written_at,
            )
            self._words((one.words,), "As written of a group", (row,))

    def guides(self) -> None:
        """Every version of every topic guide."""
        for guide in self._material.design.guides:
            for version in guide.versions:
                row = written_row(
                    f"topic guide {guide.name}",
                    version.number,
                    version.written_by,
                    version.written_at,
                )
                asked = [w for q in version.questions for w in (q.words, *q.prompts)]
                headings = [one.heading for one in version.questions]
                self._words(
                    (*asked, *headings, version.reason),
                    "As written in a topic guide",
                    (row,),
                )

    def templates(self) -> None:
        """Every version of every analysis template."""
        for read in self._material.templates:
            for version in read.template.versions:
                row = written_row(
                    f"analysis template {read.template.name}",
                    version.number,
                    version.published_by,
                    version.published_at,
                )
                asked = [
                    line
                    for one in version.questions
                    for line in asked_as_words(one).split("\n")
                ]
                said = (read.template.about, version.note, *asked)
                self._words(said, "As written in an analysis template", (row,))

    def codes(self) -> None:
        """What codes mean, and what was decided about them."""
        for code in self._material.codebook.codes:
            row = written_row(f"code {code.name}", code.version, "", None)
            self._words((code.definition,), "As written in the codebook", (row,))
        for one in self._material.decisions:
            row = written_row(
                f"decision {one.label}", 1, one.decided_by, one.decided_at
            )
            self._words((one.words, one.reason), "As written in a decision", (row,))

    def _evidence(self, evidence: Sequence[Evidence]) -> None:
        for one in evidence:
            rows = self._rows_of(one)
            quoted = words_to_quote(one)
            said = (quoted, shortened(quoted), one.now.name, one.warning)
            self._words(said, f"Of evidence: {one.kind.in_words}", rows)
            by = written_row("note on linked evidence", 1, one.linked_by, one.linked_at)
            self._words((one.note,), "As written in a note", (by, evidence_row(one)))

    def _rows_of(self, one: Evidence) -> tuple[str, ...]:
        """What a piece of evidence was read from."""
        linked = evidence_row(one)
        if figures := self._material.figures.rows_of(one):
            return tuple(figures)
        counted = self._material.counts.counted
        if one.kind is EvidenceKind.THEME and theme_of(one.thing_id) in counted:
            return (linked, *counted[theme_of(one.thing_id)].rows)
        if one.kind is EvidenceKind.CODED_SEGMENT:
            return (f"Said by a participant, not counted: {one.now.name}",)
        return (linked,)

    def _words(self, said: Iterable[str], what: str, rows: Sequence[str]) -> None:
        for words in said:
            if words.strip():
                self._numbers.tells(words, what, rows)
