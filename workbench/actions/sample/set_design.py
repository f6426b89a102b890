"""The design of the sample study: strands, waves, guides, aims, reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coding.mentions import NO_WAVE
from coding.study import Person, Role
from coding.study_design.aims import Aim, Group
from data.storage import StudyStore
from data.storage.study_design.design_records import (
    NO_WAVE_ID,
    NewGuideVersion,
    ProjectState,
    ProjectWords,
)
from workbench.actions.sample.sample_files import file_text
from workbench.actions.study_design.guide_documents import questions_of


def set_design(store: StudyStore, people: Sequence[Person]) -> None:
    """Set down the design of the file, once the sources are in."""
    frame = tomllib.loads(file_text("design.toml"))
    ids = {one.name: one.id for one in people}
    lead = next(one.id for one in people if one.role is Role.STUDY_LEAD)
    _strands(store, lead, frame["strand"])
    _projects(store, ids, frame["project"])
    _waves(store, lead, frame["wave"])
    for one in frame["guide"]:
        _guide(store, ids, one)
    for one in frame["aims"]:
        _aims(store, ids[one["by"]], one)
    for one in frame["reason"]:
        store.design.aims.give_reason(
            ids[one["by"]], Group(*one["group"]), one["words"]
        )


def _strands(store: StudyStore, lead: str, listed: Sequence[Mapping[str, Any]]) -> None:
    sources: dict[str, list[str]] = {}
    for one in store.sources.summaries():
        sources.setdefault(one.file_name, []).append(one.id)
    for strand in listed:
        kept = store.design.strands.add(lead, strand["name"], strand["purpose"])
        named = [s for file in strand.get("sources", ()) for s in sources[file]]
        if named:
            store.design.strands.put_sources(lead, dict.fromkeys(named, kept.id))


def _projects(
    store: StudyStore, ids: Mapping[str, str], listed: Sequence[Mapping[str, Any]]
) -> None:
    strands = {one.name: one.id for one in store.design.strands.all()}
    for one in listed:
        owner = ids[one["owner"]]
        store.design.projects.add(
            owner,
            ProjectWords(
                one["name"],
                one["question"],
                strands[one["strand"]],
                owner,
                one["starts_on"],
                one.get("ends_on", ""),
                ProjectState(one["state"]),
            ),
        )


def _waves(store: StudyStore, lead: str, listed: Sequence[Mapping[str, Any]]) -> None:
    plans = {one.wave: one for one in store.design.waves.all()}
    for one in listed:
        told = {name: one[name] for name in ("starts_on", "ends_on", "purpose")}
        store.design.waves.change(lead, replace(plans[one["name"]], **told))


def _guide(store: StudyStore, ids: Mapping[str, str], one: Mapping[str, Any]) -> None:
    waves = {wave.name: wave.id for wave in store.study.waves()}
    waves[NO_WAVE] = NO_WAVE_ID
    first, *later = one["version"]
    guide = store.design.guides.add(
        ids[first["by"]], one["name"], _version(first, waves)
    )
    for version in later:
        guide = store.design.guides.add_version(
            ids[version["by"]], guide, _version(version, waves)
        )


def _version(one: Mapping[str, Any], waves: Mapping[str, str]) -> NewGuideVersion:
    return NewGuideVersion(
        questions_of(one["questions"]),
        one["made_on"],
        one.get("reason", ""),
        tuple(waves[name] for name in one["waves"]),
        tuple(one["roles"]),
    )


def _aims(store: StudyStore, person: str, one: Mapping[str, Any]) -> None:
    aims = [
        Aim(Group(wave, role, team, locality), people, interviews)
        for wave, role, team, locality, people, interviews in one["rows"]
    ]
    seen = store.design.aims.standing().number
    store.design.aims.set(person, aims, seen=seen, reason=one.get("reason", ""))
