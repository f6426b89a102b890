"""The report's sections on the study's design: strands, waves, guides, aims."""

from __future__ import annotations

from collections.abc import Sequence

from coding.study_design.aims import Aim, Group
from coding.study_design.reached import GroupReached
from coding.study_design.topic_guides import Question
from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from data.storage.study_design.design_records import GuideVersion, TopicGuide
from workbench.actions.findings.printed_numbers import PrintedNumbers, table_kept
from workbench.actions.findings.printed_words import (
    GUIDE,
    PROJECT,
    REASON,
    STRAND,
    WAVE,
    PrintedWords,
)
from workbench.actions.findings.report_counts import person_in_words
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.findings.report_reached import (
    aimed_for,
    interviewed_key,
    reached_at,
    teams_and_places,
    tells_all_waves,
)
from workbench.actions.study_design.design_reading import StudyDesign, what_to_know
from workbench.actions.study_design.reached_tables import reached_table
from workbench.wording import day_in_words, listed

STRANDS = "Strands and mini-projects"
REACHED = "Who was aimed for and who was reached"
GUIDES = "Appendix E: topic guides"
_TOLD_INSIDE = (
    "Roles within a team or a locality are told inside the study alone; so are teams "
    "by locality where most of these numbers are of few people."
)
_BY_TEAM = "Who was reached, by team and locality"
_BY_ROLE = "People interviewed of those aimed for, by role and wave"


def design_sections(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Section]:
    """Strands, mini-projects, waves, and who was reached beside the aims.

    Nothing where no design was set down.
    """
    design = material.design
    sections = []
    told = [*_strands(design, words), *_projects(design, words)]
    told += _waves(design, numbers, words)
    if told:
        sections.append(Section(STRANDS, tuple(told), level=2))
    if design.aims.aims:
        parts = tuple(_reached(material, numbers, words))
        sections.append(Section(REACHED, parts, level=2))
    return sections


def guides_sections(material: ReportMaterial, words: PrintedWords) -> list[Section]:
    """Every version of every topic guide, as an appendix; nothing without guides."""
    found = [
        section
        for guide in material.design.guides
        for version in guide.versions
        for section in _guide(guide, version, words)
    ]
    return [Section(GUIDES, ()), *found] if found else []


def question_as_words(question: Question) -> str:
    """A question with its prompts as one piece of words, a line each."""
    return "\n".join((question.words, *question.prompts))


def question_id(guide: TopicGuide, version: GuideVersion, at: int) -> str:
    """What tells a question of a version from every other."""
    return f"{guide.id} {version.number} {at}"


def _strands(design: StudyDesign, words: PrintedWords) -> list[Part]:
    said = [
        found
        for one in design.strands
        if (
            found := words.of(STRAND, one.id, f"{one.name}: {one.purpose}".rstrip(": "))
        )
    ]
    if not said:
        return []
    return [Paragraph("The study has these strands."), Points(tuple(said))]


def _projects(design: StudyDesign, words: PrintedWords) -> list[Part]:
    said = []
    for one in design.projects:
        asked = f"{one.words.name}: {one.words.question}".rstrip(": ")
        found = words.of(PROJECT, one.id, asked)
        if not found:
            continue
        strand = "" if words.is_shareable or not one.strand else f"; {one.strand}"
        owner = "" if words.is_shareable or not one.owner else f", run by {one.owner}"
        said.append(f"{found} ({one.words.state.in_words}{owner}{strand}.)")
    if not said:
        return []
    lead = "Mini-projects: pieces of work of their own within the study."
    return [Paragraph(lead), Points(tuple(said))]


def _waves(
    design: StudyDesign, numbers: PrintedNumbers, words: PrintedWords
) -> list[Part]:
    said = []
    for one in design.waves:
        times = (one.starts_on, one.ends_on)
        days = [day_in_words(day) for day in times if day]
        purpose = words.of(WAVE, one.wave_id, one.purpose) if one.purpose else ""
        if days or purpose:
            held = f" ({' to '.join(days)})" if days else ""
            rows = (f"Set for {one.wave}: {' to '.join(filter(None, times))}",)
            numbers.tells(f"{one.wave}{held}", "Days of a wave", rows)
            said.append(f"{one.wave}{held}{f': {purpose}' if purpose else ''}")
    return [Points(tuple(said))] if said else []


def _reached(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Part]:
    parts: list[Part] = [
        Paragraph(
            "Reached is who was heard in an interview or a group discussion. Somebody "
            "heard in several waves counts once in each of them."
        ),
        _by_role(material, numbers),
        *_by_team(material, numbers),
    ]
    if words.is_shareable:
        parts.append(Paragraph(_TOLD_INSIDE, True))
    else:
        parts += _in_full(material.design, numbers)
    return [*parts, *_reasons(material, numbers, words)]


def _by_role(material: ReportMaterial, numbers: PrintedNumbers) -> ReportTable:
    design, counts = material.design, material.counts
    aims = design.aims.aims
    roles = dict.fromkeys([*counts.roles, *(aim.group.role for aim in aims)])
    waves = dict.fromkeys([*counts.waves, *(aim.group.wave for aim in aims)])
    shown_waves = [wave for wave in waves if wave]
    columns = [*shown_waves, *([""] if tells_all_waves(design) else [])]
    shown_roles = [role for role in roles if role]
    rows = [
        (
            role or "All",
            *(_cell(material, numbers, role, wave) for wave in columns),
        )
        for role in (*shown_roles, "")
    ]
    headings = ("Role", *(wave or "All waves" for wave in columns))
    return ReportTable(_BY_ROLE, headings, tuple(rows), tuple(range(1, len(headings))))


def _cell(
    material: ReportMaterial, numbers: PrintedNumbers, role: str, wave: str
) -> str:
    where = f"{_BY_ROLE}: {role or 'All'}, {wave or 'All waves'}"
    key = interviewed_key(material.counts, material.design, role, wave)
    if key is not None:
        printed = numbers.count(key, where)
    else:
        rule = numbers.fit.rule if numbers.fit else None
        zero = rule.hidden_as if rule and rule.hides(0) else "0"
        printed = numbers.other(zero, f"People interviewed, {role}, {wave}", where)
    aimed = aimed_for(material.design, role, wave)
    if aimed is None:
        return printed
    own = [
        aim
        for aim in material.design.aims.aims
        if (aim.group.role, aim.group.wave) == (role, wave)
    ]
    rows = aims_rows(material.design, own)
    number = numbers.other(f"{aimed:,}", "People aimed for", where, rows)
    return f"{printed} of {number}"


def _by_team(material: ReportMaterial, numbers: PrintedNumbers) -> list[Part]:
    counts = material.counts
    teams, places = teams_and_places(counts, material.design)
    rows = []
    for team in (*teams, ""):
        keys = [reached_at(counts, team, place) for place in (*places, "")]
        row = [
            numbers.count(key, f"{_BY_TEAM}: {team or 'All'}, {place or 'All'}")
            for key, place in zip(keys, (*places, ""), strict=True)
            if key is not None
        ]
        if row:
            rows.append((team or "All", *row))
    if not rows:
        return []
    headings = ("Team", *places, "All")
    numbered = tuple(range(1, len(headings)))
    return [ReportTable(_BY_TEAM, headings, tuple(rows), numbered)]


def _in_full(design: StudyDesign, numbers: PrintedNumbers) -> list[Part]:
    """Every group with its team and locality, for inside the study."""
    table = reached_table(design)
    # Why it was so stands below, in words.
    kept = ReportTable(
        table.caption,
        table.headings[:-1],
        tuple(row[:-1] for row in table.rows),
        table.number_columns,
    )
    groups = design.reached.groups
    table_kept(numbers, kept, lambda line, at: _behind(design, groups[line], at))
    said = what_to_know(design)
    for one in said:
        numbers.tells(one, "To be known about who was reached", _about(design, one))
    return [kept, *([Points(tuple(said))] if said else [])]


def _behind(design: StudyDesign, group: GroupReached, at: int) -> list[str]:
    """The rows behind one column of the table of groups: aims, people, interviews."""
    people = [person_in_words(design.people[one]) for one in group.people]
    held = [design.read.names[one] for one in group.interviews]
    aim = aims_rows(design, [group.aim] if group.aim else [])
    return {4: aim, 5: people, 6: [*aim, *people], 7: aim, 8: held}[at]


def aims_rows(design: StudyDesign, aims: Sequence[Aim]) -> list[str]:
    """The rows of the aims as they now stand: whom, how many, who set them when."""
    version = design.aims
    who = f", set by {version.set_by}" if version.set_by else ""
    day = day_in_words(version.set_at.date().isoformat()) if version.set_at else ""
    since = f" on {day}" if day else ""
    return [
        f"Aims, version {version.number}{who}{since}: {one.group.in_words}: "
        f"{one.people} people"
        + ("" if one.interviews is None else f", {one.interviews} interviews")
        for one in aims
    ]


def _about(design: StudyDesign, said: str) -> list[str]:
    """The people, or else the sources, that a sentence on who was reached counts."""
    people, reached = design.people, design.reached
    if "comments or observations alone" in said:
        return [person_in_words(people[one]) for one in reached.elsewhere]
    if "counted in more than one" in said:
        return [person_in_words(people[one]) for one in reached.in_several]
    if said.startswith("No "):
        field = said.split()[1]
        return [
            person_in_words(people[one])
            for one in reached.everybody
            if not getattr(people[one], field, "")
        ]
    return [f"Source {name}" for name in design.read.names.values()]


def _reasons(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Part]:
    design, said = material.design, []
    for one in design.reached.groups:
        reason = design.reasons.get(one.group)
        if reason is None or not _may_tell(material, numbers, one.group):
            continue
        found = words.of(REASON, reason.id, reason.words)
        if found:
            said.append(f"{one.group.in_words}: {found}")
    if not said:
        return []
    return [Paragraph("Why some were not reached:"), Points(tuple(said))]


def _may_tell(material: ReportMaterial, numbers: PrintedNumbers, group: Group) -> bool:
    """Whether to say that a group fell short gives no hidden number away.

    That fewer than two were reached would tell of the one who was.
    """
    if numbers.fit is None:
        return True
    if group.team or group.locality:
        return False
    key = interviewed_key(material.counts, material.design, group.role, group.wave)
    if key is None:
        return not numbers.fit.rule.hides(0)
    return numbers.fit.shown[key] is not None


def _guide(
    guide: TopicGuide,
    version: GuideVersion,
    words: PrintedWords,
) -> list[Section]:
    parts: list[Part] = []
    for at, one in enumerate(version.questions, start=1):
        asked = words.of(GUIDE, question_id(guide, version, at), question_as_words(one))
        if not asked:
            continue
        if one.heading and not words.is_shareable:
            parts.append(Paragraph(one.heading))
        first, *prompts = asked.split("\n")
        parts.append(Paragraph(f"{at}. {first}"))
        if prompts:
            parts.append(Points(tuple(prompts)))
    if not parts:
        return []
    waves = f" For {listed(version.waves)}." if version.waves else ""
    about = f"Since {day_in_words(version.made_on)}.{waves}"
    if version.reason and not words.is_shareable:
        about += f" Why it changed: {version.reason}"
    name = words.of(GUIDE, guide.id, guide.name) or "Topic guide"
    heading = f"{name}, version {version.number}"
    return [Section(heading, (Paragraph(about, True), *parts), level=2)]
