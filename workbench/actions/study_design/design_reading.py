"""The design of a study as one value: what was set out to do, and whom it reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from coding.mentions import NO_WAVE
from coding.study import Participant
from coding.study_design.aims import FACTS, Group
from coding.study_design.reached import GroupReached, Reached, count_reached
from coding.study_design.spellings import AlikeNames, alike_names
from coding.study_design.wave_times import held_outside, overlaps
from data.storage import StudyStore
from data.storage.study_design.design_records import (
    AimsVersion,
    GuideVersion,
    MiniProject,
    ReachRead,
    ShortfallReason,
    Strand,
    TopicGuide,
    WavePlan,
)
from workbench.wording import counted, joined_by_and, listed


@dataclass(frozen=True, slots=True)
class StudyDesign:
    """Everything the design holds, with who was reached as the study stands."""

    strands: tuple[Strand, ...]
    projects: tuple[MiniProject, ...]
    waves: tuple[WavePlan, ...]
    guides: tuple[TopicGuide, ...]
    aims: AimsVersion
    reasons: Mapping[Group, ShortfallReason]
    read: ReachRead
    reached: Reached

    @property
    def has_anything(self) -> bool:
        """Whether anything of a design was set down, however many were reached."""
        return bool(
            self.strands
            or self.projects
            or self.guides
            or self.aims.aims
            or any(one.version for one in self.waves)
        )

    @property
    def people(self) -> dict[str, Participant]:
        """Everybody who takes part, by id."""
        return {one.id: one for one in self.read.people}

    def group(self, wanted: Group) -> GroupReached | None:
        """A group of the list, nothing where it stands there no longer."""
        return next((one for one in self.reached.groups if one.group == wanted), None)

    def reason(self, group: Group) -> str:
        """Why a group was not reached, '' where nobody wrote it."""
        return self.reasons[group].words if group in self.reasons else ""

    def guides_of(self, wave: str) -> list[tuple[TopicGuide, GuideVersion]]:
        """The guides a wave was asked by, each as it then stood."""
        return [
            (guide, version)
            for guide in self.guides
            if (version := guide.for_wave(wave)) is not None
        ]


def read_design(store: StudyStore) -> StudyDesign:
    """The design as it stands, and who was reached."""
    read = store.design.reach.read()
    waves = store.design.waves.all()
    aims = store.design.aims.standing()
    return StudyDesign(
        tuple(store.design.strands.all()),
        tuple(store.design.projects.all()),
        tuple(waves),
        tuple(store.design.guides.all()),
        aims,
        store.design.aims.reasons(),
        read,
        count_reached(aims.aims, read.people, read.heard, [one.wave for one in waves]),
    )


def roles_of(design: StudyDesign) -> list[str]:
    """The roles that people have or that are aimed for, in order of their letters."""
    named = {one.role for one in design.read.people}
    named |= {aim.group.role for aim in design.aims.aims}
    return sorted(filter(None, named), key=str.casefold)


def spelt_alike(design: StudyDesign) -> list[tuple[str, AlikeNames]]:
    """Roles, teams and localities that may be one, each with which of these it is."""
    found = []
    for field in FACTS:
        names = {getattr(one, field) for one in design.read.people}
        names |= {getattr(aim.group, field) for aim in design.aims.aims}
        found += [(field, one) for one in alike_names(names)]
    return found


def what_to_know(design: StudyDesign) -> list[str]:
    """What a reader of the counts must know, a sentence each; nothing where all is
    plain."""
    read, reached = design.read, design.reached
    said = []
    if read.withdrawn or read.withdrawn_sources:
        gone = [
            words
            for number, words in (
                (read.withdrawn, _people(read.withdrawn)),
                (read.withdrawn_sources, counted(read.withdrawn_sources, "source")),
            )
            if number
        ]
        said.append(f"Withdrawn and counted nowhere: {joined_by_and(gone)}.")
    if reached.elsewhere:
        said.append(
            f"{_people(len(reached.elsewhere))} heard in comments or observations "
            "alone: not counted as reached."
        )
    interviews = [one for one in read.sources if one.heard.is_interview]
    if not_named := sum(one.not_named for one in interviews):
        said.append(
            f"{counted(not_named, 'speaker')} not yet named as a participant, and so "
            "counted as nobody."
        )
    for field in FACTS:
        if is_unknown := _not_known(design, field):
            said.append(is_unknown)
    if reached.in_several:
        said.append(
            "Some groups aimed for overlap: "
            f"{_people(len(reached.in_several))} "
            "counted in more than one of a wave."
        )
    if reached.within:
        said.append(
            "Groups that lie within a wider one aimed for are not added to it again: "
            f"{'; '.join(sorted(one.in_words for one in reached.within))}."
        )
    return [*said, *_about_waves(design)]


def _not_known(design: StudyDesign, field: str) -> str:
    """How many of those reached have no such fact, where an aim asks for it."""
    if not any(getattr(aim.group, field) for aim in design.aims.aims):
        return ""
    people = design.people
    gaps = sum(not getattr(people[one], field) for one in design.reached.everybody)
    if not gaps:
        return ""
    return (
        f"No {field} is known of {_people(gaps)} who took part: counted only where "
        f"no {field} is asked for."
    )


def _about_waves(design: StudyDesign) -> list[str]:
    times = [one.time for one in design.waves]
    said = [f"{one} and {other} overlap." for one, other in overlaps(times)]
    held = {
        one.heard.source_id: (one.heard.wave, one.held_on)
        for one in design.read.sources
    }
    said += [
        f"{counted(len(ids), 'source')} of {wave} held outside its days: "
        f"{listed([design.read.names[one] for one in ids])}."
        for wave, ids in held_outside(times, held).items()
    ]
    empty = [one.wave for one in design.reached.waves if not one.sources]
    if empty:
        said.append(f"Without any source yet: {listed(empty)}.")
    return said


def in_one_sentence(design: StudyDesign) -> str:
    """People first, then how the groups aimed for stand."""
    reached = design.reached
    interviews = sum(one.heard.is_interview for one in design.read.sources)
    held = counted(interviews, "interview or group", "interviews and groups")
    said = f"{_people(len(reached.everybody))} reached in {held}."
    aimed = [one for one in reached.groups if one.aim]
    if not aimed:
        return f"{said} Nobody is aimed for yet."
    stands = Counter(one.standing.value for one in aimed)
    told = ", ".join(f"{number} {words}" for words, number in stands.items())
    beside = len(reached.groups) - len(aimed)
    more = f" {counted(beside, 'group')} reached, not aimed for." if beside else ""
    return f"{said} {counted(len(aimed), 'group')} aimed for: {told}.{more}"


def wave_in_words(design: StudyDesign, wave: str) -> str:
    """People of a wave, once each, and how many are lacking of those aimed for."""
    one = next((w for w in design.reached.waves if w.wave == wave), None)
    if one is None:
        return "Nobody reached yet."
    said = "Nobody reached yet."
    if one.people:
        held = counted(one.interviews, "interview or group", "interviews and groups")
        said = f"{_people(len(one.people))} reached in {held}."
    if one.aimed is not None:
        lacking = f"{one.lacking:,}" if one.lacking else "nobody"
        said += f" {_people(one.aimed)} aimed for, {lacking} lacking."
        if one.not_aimed:
            said += f" {_people(one.not_aimed)} reached, not aimed for."
    return said


def sources_of_strand(design: StudyDesign, strand_id: str) -> tuple[int, int]:
    """How many people are heard in a strand, and in how many sources."""
    own = [one for one in design.read.sources if one.strand_id == strand_id]
    people: set[str] = set()
    for one in own:
        people |= one.heard.participant_ids
    return len(people), len(own)


def waves_told(design: StudyDesign) -> list[str]:
    """The study's waves in order, ``No wave`` last where a source or an aim has it."""
    names = [one.wave for one in design.waves]
    has_none = any(one.wave == NO_WAVE for one in design.reached.waves)
    has_none |= any(aim.group.wave == NO_WAVE for aim in design.aims.aims)
    return [*names, *([NO_WAVE] if has_none else [])]


def _people(number: int) -> str:
    return counted(number, "person", "people")
