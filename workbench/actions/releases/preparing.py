"""Making a report fit to leave: numbers hidden, words looked through, files written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from coding.study import Person
from data.disclosure.counts import CellKey
from data.disclosure.protection import EarlierRelease, FitToLeave, make_fit_to_leave
from data.problems import DataProblem, DataRefused
from data.rights import Right, may, roles_in_words
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind
from data.storage.releases.release_records import (
    LeavingCount,
    NewFile,
    NewRelease,
    RestsOn,
    RuleSetting,
    WordChoice,
)
from workbench.actions.findings.findings_report import (
    FindingsReport,
    write_findings_report,
)
from workbench.actions.findings.printed_words import (
    FIGURE,
    PieceId,
    PrintedWords,
)
from workbench.actions.findings.report_findings import taken_in
from workbench.actions.findings.report_material import (
    ReportMaterial,
    made_now,
    read_material,
)
from workbench.actions.findings.report_outcomes import outcomes_taken_in
from workbench.actions.releases.screening import Piece, decided, look_through

Progress = Callable[[float, str], None]
# Shares of the whole: reading the study, making its numbers fit, then the words.
_READ, _FIT = 0.15, 0.8
_HALF_AT = 20  # pieces of words
ENDINGS = (".docx", ".html", ".xlsx")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What may leave, before anybody decided: numbers made fit, words looked through.

    ``last_release`` tells how many releases had left when it was prepared.
    """

    material: ReportMaterial
    setting: RuleSetting
    fit: FitToLeave
    pieces: tuple[Piece, ...]
    last_release: int

    @property
    def in_question(self) -> list[Piece]:
        """The pieces in which something was found, which a person decides on."""
        return [one for one in self.pieces if one.needs_a_choice]

    def hidden_in_words(self) -> list[tuple[str, int, str, str]]:
        """Each hidden count: what it counts, the number, why, where it left before."""
        return [
            (
                self.material.counts.counted[key].what,
                self.material.counts.counted[key].value,
                why.value,
                self.fit.published_before.get(key, ""),
            )
            for key, why in self.fit.why.items()
        ]


def names_looked_for(store: StudyStore, person_id: str) -> tuple[list[str], str, bool]:
    """The names to look for, a sentence that says which, and whether the key is open.

    Pseudonyms always; real names where this person has the key of pseudonyms open.
    """
    names = [one.pseudonym for one in store.study.participants()]
    person = store.study.person(person_id)
    if person is None or not may(person.role, Right.HOLD_KEY):
        who = roles_in_words(Right.HOLD_KEY)
        said = f"Real names on the key are looked for where one of these asks: {who}."
        return names, said, False
    status = store.pseudonym_key.status(person_id)
    if not status.is_open:
        said = "Open the key on the page Pseudonyms to look for the real names too."
        return names, said if status.exists else "", False
    for one in store.pseudonym_key.opened(person_id).listed:
        names += [one.name, *one.nicknames]
    return names, "Real names on the key are looked for.", True


def prepare(
    store: StudyStore,
    names: Sequence[str] = (),
    progress: Progress = lambda _done, _words: None,
) -> Prepared:
    """The study's findings as they could leave under its rule, given what left before.

    ``names`` are looked for in every piece of words beside what may be names.

    Counts by key are the same counts from release to release; those that the study no
    longer has are left aside. ``progress`` is told how far it is (0 to 1) in words, and
    may stop it by raising.
    """
    progress(0.0, "reading the study")
    setting = store.disclosure_rule.setting()
    last = store.releases.last_released()
    earlier = store.releases.earlier()
    material = read_material(store)
    counts = material.counts.together
    kept = [_of_these(one, set(counts.values)) for one in earlier]

    def fitting(done: float) -> None:
        progress(_READ + (_FIT - _READ) * done, "making numbers fit to leave")

    def looked_at(pieces: int) -> None:
        # How many there will be nobody knows before: it goes half of what is left.
        share = 1 - _HALF_AT / (_HALF_AT + pieces)
        progress(_FIT + (1 - _FIT) * share, f"looking through words, {pieces} done")

    fitting(0.0)
    return Prepared(
        material,
        setting,
        make_fit_to_leave(counts, setting.rule, earlier=kept, progress=fitting),
        tuple(
            look_through(
                material,
                setting.rule,
                not_quoted=store.releases.not_to_be_quoted(),
                names=names or [p.pseudonym for p in store.study.participants()],
                looked_at=looked_at,
            )
        ),
        last,
    )


def why_nothing_can_leave(store: StudyStore, prepared: Prepared) -> list[DataProblem]:
    """What keeps anything from leaving now, however the words are decided on."""
    problems = why_nobody_can_release(store)
    if not any(read.stands for read in prepared.material.findings):
        problems.append(
            DataProblem(
                "No finding is final with everything answered.",
                "Findings",
                "Make one final on the page Findings first.",
            )
        )
    return problems


def why_nobody_can_release(store: StudyStore) -> list[DataProblem]:
    """Nothing where two people can be found of whom one asks and the other releases."""
    people = store.study.people()
    may_release = [one for one in people if may(one.role, Right.RELEASE)]
    may_ask = [one for one in people if may(one.role, Right.ASK_FOR_RELEASE)]
    if may_release and len(may_ask) > 1:
        return []
    return [
        DataProblem(
            "What leaves needs two people, and this study has one who could.",
            "Study people",
            "A second person has to read what leaves: a study lead adds one, as study "
            "lead or embedded researcher, on Study and people.",
        )
    ]


def write_shareable(
    prepared: Prepared, choices: Mapping[PieceId, WordChoice], made_by: str
) -> FindingsReport:
    """The export after every choice; refused where a choice is missing."""
    leaving, _ = decided(prepared.pieces, choices)
    return write_findings_report(
        prepared.material,
        made_by=made_by,
        made_at=made_now(),
        words=PrintedWords(prepared.material, leaving),
        fit=prepared.fit,
    )


def ask_for_release(
    store: StudyStore,
    person: Person,
    prepared: Prepared,
    choices: Mapping[PieceId, WordChoice],
    purpose: str,
) -> int:
    """The number of the request, its files kept as they would leave.

    Raises DataRefused where nothing can leave, or a choice is missing.
    """
    if problems := why_nothing_can_leave(store, prepared):
        raise DataRefused(problems)
    _, made = decided(prepared.pieces, choices)
    report = write_shareable(prepared, choices, person.name)
    day = f"{report.document.made_at:%Y-%m-%d}"
    files = tuple(
        NewFile(f"findings-shareable-{day}{ending}", report.as_file(ending))
        for ending in ENDINGS
    )
    return store.releases.ask(
        person.id,
        NewRelease(
            purpose,
            prepared.setting,
            files,
            tuple(_leaving_counts(prepared, report)),
            tuple(made),
            _rests_on(prepared, report),
        ),
    )


def _leaving_counts(prepared: Prepared, report: FindingsReport) -> list[LeavingCount]:
    """The counts that are printed: what is not printed does not leave."""
    fit, counted = prepared.fit, prepared.material.counts.counted
    printed: dict[CellKey, None] = dict.fromkeys(
        one.key for one in report.numbers if one.key is not None
    )
    return [
        LeavingCount(
            key,
            counted[key].value,
            fit.shown[key],
            fit.why[key].value if key in fit.why else "",
        )
        for key in printed
    ]


def _rests_on(prepared: Prepared, report: FindingsReport) -> RestsOn:
    material, words = prepared.material, report.words
    taken = taken_in(material, words)
    evidence, quoted = [], set()
    for one in (one for read in taken for one in read.evidence):
        if one.kind is EvidenceKind.CODED_SEGMENT:
            if words.quotation(one) is None:
                continue
            quoted |= set(material.quoted[one.id].participant_ids)
        elif not words.of(FIGURE, one.id, one.now.name):
            continue
        if one.now.kept is not None:
            evidence.append((one.kind.value, one.thing_id, one.now.kept))
    return RestsOn(
        {read.finding.id: read.finding.version for read in taken},
        tuple(evidence),
        tuple(quoted),
        prepared.last_release,
        {
            read.part.id: read.statement.version
            for read in outcomes_taken_in(material, words)
        },
    )


def _of_these(release: EarlierRelease, keys: set[CellKey]) -> EarlierRelease:
    """What was shown of counts that the study still makes."""
    return replace(
        release,
        shown={key: one for key, one in release.shown.items() if key in keys},
        true={key: one for key, one in release.true.items() if key in keys},
    )
