"""Words looked through before they leave: what was found, and what may be done.

Nothing is decided here: each piece in which something was found needs a person's
choice, and what is proposed is only a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from coding.codebook import Code
from coding.pseudonyms.names_in_words import PossibleName, possible_names, without_names
from data.disclosure.rules import DisclosureRule
from data.problems import DataProblem, DataRefused
from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from data.storage.outcomes.statement_records import OutcomeRead
from data.storage.releases.release_records import ChoiceMade, WordChoice
from workbench.actions.findings.printed_words import (
    CODE,
    DECISION,
    DOUBTS,
    FIGURE,
    LIMITS,
    MISSING,
    OUTCOME,
    OUTCOME_STATEMENT,
    QUESTION,
    QUOTATION,
    STATEMENT,
    STRENGTH,
    LeavingWords,
    PieceId,
)
from workbench.actions.findings.report_material import FindingRead, ReportMaterial
from workbench.actions.releases.attributions import Attribution, attribution_of
from workbench.actions.releases.design_pieces import design_pieces, template_pieces
from workbench.actions.together.theme_reading import LONGEST_QUOTATION

_REST = " [the rest is left out]"
_TO_TEN = "one two three four five six seven eight nine ten"
_SMALL_IN_WORDS = {word: at for at, word in enumerate(_TO_TEN.split(), start=1)}
# "One" is mostly no number; any other word for one is looked at wherever it stands.
_NUMBER_WORD = re.compile(
    r"\b(?:(one)\s+(?:out\s+)?of|only\s+(one)|("
    + "|".join(word for word in _SMALL_IN_WORDS if word != "one")
    # So many waves or months tell of nobody.
    + r"))\b(?!\s+(?:waves|quarters|years|months|weeks|days|hours|minutes|times)\b)",
    re.IGNORECASE,
)
# All or none of a small group tells about each who is in it, and no count shows it.
_ALL_OR_NONE = re.compile(
    r"\b(?:all|none|both|neither|each|every one|not one)\s+(?:of\s+)?"
    r"(?:the|our|these|those|them)\b",
    re.IGNORECASE,
)
_BASE = re.compile(r"\bof ([\d,]+)$")
_NUMERAL = re.compile(r"(?<![\w.,/])(\d{1,3})(?![\w/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of words that may leave, with what was found in it.

    ``where`` names it for the person who decides. ``coarse`` is what would be printed
    of it when made coarser; ``allowed`` are the choices there are, the proposal first.
    """

    id: PieceId
    where: str
    words: str
    said_by: str
    found: tuple[str, ...]
    coarse: LeavingWords
    allowed: tuple[WordChoice, ...]

    @property
    def needs_a_choice(self) -> bool:
        """Whether a person has to say what becomes of it."""
        return bool(self.found)

    def leaving(self, choice: WordChoice) -> LeavingWords | None:
        """What is printed after a choice, nothing where it is left out."""
        if choice is WordChoice.LEAVE_OUT:
            return None
        if choice is WordChoice.COARSEN:
            return self.coarse
        return LeavingWords(self.words, self.said_by)


def look_through(
    material: ReportMaterial,
    rule: DisclosureRule,
    *,
    not_quoted: Collection[str] = (),
    names: Collection[str] = (),
    looked_at: Callable[[int], None] = lambda _pieces: None,
) -> list[Piece]:
    """Every piece of words of the findings that stand, and of what is told with them.

    ``not_quoted`` are participants, by id, who may not be quoted; ``names`` are real
    names and pseudonyms to look for. ``looked_at`` is told after each piece how many
    are through, and may stop the work by raising.
    """
    looking = _Looking(material, rule, frozenset(not_quoted), tuple(names))
    found = []
    for piece in looking.pieces():
        found.append(piece)
        looked_at(len(found))
    return found


def decided(
    pieces: Collection[Piece], choices: Mapping[PieceId, WordChoice]
) -> tuple[dict[PieceId, LeavingWords], list[ChoiceMade]]:
    """What leaves after every choice, and the choices as they are kept.

    Raises DataRefused naming each piece that still needs one, or has one it cannot.
    """
    problems, leaving, made = [], {}, []
    for piece in pieces:
        choice = choices.get(piece.id)
        if choice is None and not piece.needs_a_choice:
            choice = WordChoice.ACCEPT
        if choice is None or choice not in piece.allowed:
            said = "Nobody decided on it yet." if choice is None else "It cannot be so."
            options = ", ".join(one.value for one in piece.allowed)
            problems.append(
                DataProblem(
                    f"{said} {' '.join(piece.found)}",
                    piece.where,
                    f"Choose: {options}. Nothing was asked for.",
                )
            )
            continue
        printed = piece.leaving(choice)
        if printed is not None:
            leaving[piece.id] = printed
        made.append(ChoiceMade(*piece.id, choice, piece.found))
    if problems:
        raise DataRefused(problems)
    return leaving, made


@dataclass(frozen=True, slots=True)
class _Looking:
    material: ReportMaterial
    rule: DisclosureRule
    not_quoted: frozenset[str]
    names: tuple[str, ...]

    def pieces(self) -> Iterator[Piece]:
        """Findings first, then what stands around them."""
        standing = [read for read in self.material.findings if read.stands]
        for at, read in enumerate(standing, start=1):
            yield from self._of_finding(at, read)
        for outcome in self.material.outcomes:
            if outcome.stands:
                yield from self._of_outcome(outcome)
        study = self.material.study
        yield from self._written((QUESTION, "study"), "The question", study.description)
        for one in self.material.codebook.codes:
            yield self._code(one)
        for decision in self.material.decisions:
            place = (DECISION, str(decision.number))
            yield from self._written(place, decision.label, decision.words)
        for design_place, where, said in (
            *design_pieces(self.material.design),
            *template_pieces(self.material.templates),
        ):
            yield from self._written(design_place, where, said)

    def _of_finding(self, at: int, read: FindingRead) -> Iterator[Piece]:
        finding, where = read.finding, f"Finding {at}"
        for kind, words in (
            (STATEMENT, finding.words.statement),
            (STRENGTH, finding.words.strength),
            (DOUBTS, finding.words.does_not_fit),
        ):
            yield from self._written((kind, finding.id), f"{where}, {kind}", words)
        for one in read.evidence:
            place = f"{where}, {one.kind.in_words.lower()} {one.now.name}"
            if one.kind is EvidenceKind.CODED_SEGMENT:
                yield self._quotation(one, place)
            elif one.kind in (EvidenceKind.INDICATOR, EvidenceKind.SURVEY):
                yield self._figure(one, place)

    def _of_outcome(self, read: OutcomeRead) -> Iterator[Piece]:
        words = read.statement.words
        for kind, text in (
            (OUTCOME, read.part.words.name),
            (OUTCOME_STATEMENT, words.statement),
            (LIMITS, words.limitations),
            (MISSING, words.missing),
        ):
            where = f"Outcome {read.part.label}, {kind}"
            yield from self._written((kind, read.part.id), where, text)

    def _code(self, code: Code) -> Piece:
        """A code's name is the team's own word; its definition may name somebody."""
        named = [
            *possible_names(code.name, self.names, by_reading=False),
            *possible_names(code.definition, self.names),
        ]
        words = f"{code.name}: {code.definition}" if code.definition else code.name
        found = [*_names_told(named), *self._numbers_told(words)]
        ways = (WordChoice.ACCEPT, WordChoice.LEAVE_OUT)
        whole, where = LeavingWords(words), f"Code {code.name}"
        return Piece((CODE, code.id), where, words, "", tuple(found), whole, ways)

    def _figure(self, one: Evidence, where: str) -> Piece:
        """A figure from elsewhere: what it names is published, how small it may be."""
        words = f"{one.now.name}: {one.now.words}"
        found = self._numbers_told(one.now.words)
        ways: tuple[WordChoice, ...] = (WordChoice.ACCEPT, WordChoice.LEAVE_OUT)
        base = _BASE.search(one.now.words)
        if one.kind is EvidenceKind.SURVEY and base:
            people = int(base[1].replace(",", ""))
            if self.rule.hides(people):
                found = [f"So few people answered that no answer can leave: {people}."]
                ways = (WordChoice.LEAVE_OUT,)
        whole = LeavingWords(words)
        return Piece((FIGURE, one.id), where, words, "", tuple(found), whole, ways)

    def _written(self, place: PieceId, where: str, words: str) -> Iterator[Piece]:
        """What somebody of the study wrote: names and small numbers."""
        if not words.strip():
            return
        named = possible_names(words, self.names)
        found = [*_names_told(named), *self._numbers_told(words)]
        coarse = LeavingWords(without_names(words, named))
        ways = [WordChoice.ACCEPT, WordChoice.LEAVE_OUT]
        if named:
            ways.insert(0, WordChoice.COARSEN)
        yield Piece(place, where, words, "", tuple(found), coarse, tuple(ways))

    def _quotation(self, one: Evidence, where: str) -> Piece:
        quoted = self.material.quoted.get(one.id)
        speaking = quoted.participant_ids if quoted else ()
        everybody = self.material.counts.participants
        attribution = attribution_of(
            (everybody[person] for person in speaking if person in everybody),
            everybody,
            self.rule.threshold + 1,
        )
        words = _cut(one.now.words)
        named = possible_names(words, self.names)
        found = [
            *self._consent_told(speaking),
            *_names_told(named),
            *_rare_told(attribution),
        ]
        if quoted is None or quoted.holds_others:
            found.append("It holds words of somebody who is not named as participant.")
        if words != one.now.words:
            length = len(one.now.words.split())
            found.append(
                f"It has {length:,} words; the first {LONGEST_QUOTATION} are printed."
            )
        coarse = LeavingWords(without_names(words, named), attribution.coarser)
        return Piece(
            (QUOTATION, one.id),
            where,
            words,
            attribution.nearest,
            tuple(found),
            coarse,
            self._ways(speaking, attribution, bool(found)),
        )

    def _ways(
        self, speaking: Collection[str], attribution: Attribution, has_found: bool
    ) -> tuple[WordChoice, ...]:
        if self.not_quoted & set(speaking) or not attribution.coarser:
            return (WordChoice.LEAVE_OUT,)
        if not has_found:
            return (WordChoice.ACCEPT, WordChoice.COARSEN, WordChoice.LEAVE_OUT)
        return (WordChoice.COARSEN, WordChoice.ACCEPT, WordChoice.LEAVE_OUT)

    def _consent_told(self, speaking: Collection[str]) -> list[str]:
        if self.not_quoted & set(speaking):
            return ["Whose words these are may not be quoted."]
        return []

    def _numbers_told(self, words: str) -> list[str]:
        """Small numbers in running words, which nobody can hide for a person."""
        small = {
            match.group(1)
            for match in _NUMERAL.finditer(words)
            if self.rule.hides(int(match.group(1)))
        }
        small |= {
            match.group().strip()
            for match in _NUMBER_WORD.finditer(words)
            if self.rule.hides(_small(match))
        }
        found = [
            f"A small number may tell of somebody: {one}." for one in sorted(small)
        ]
        if self.rule.small_group:
            found += [
                f"All or none of a small group tells about each of them: {said}."
                for said in sorted(set(_ALL_OR_NONE.findall(words)))
            ]
        return found


def _small(match: re.Match[str]) -> int:
    return _SMALL_IN_WORDS[next(filter(None, match.groups())).lower()]


def _names_told(named: Collection[PossibleName]) -> list[str]:
    return [f"May be a {one.kind}: {one.words}." for one in named]


def _rare_told(attribution: Attribution) -> list[str]:
    if not attribution.coarser:
        return ["So few people took part that anybody could be made out."]
    if not attribution.is_rare:
        return []
    people = "person" if attribution.sharing == 1 else "people"
    return [
        f"{attribution.nearest} fits {attribution.sharing} {people} of the study; "
        f"{attribution.coarser} fits enough."
    ]


def _cut(words: str) -> str:
    split = words.split()
    if len(split) <= LONGEST_QUOTATION:
        return words
    return f"{' '.join(split[:LONGEST_QUOTATION])}{_REST}"
