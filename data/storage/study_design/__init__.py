"""Storing a study's design: strands, mini-projects, waves, topic guides, aims."""

from __future__ import annotations

from data.storage.database import StudyDatabase
from data.storage.study_design.aims_storage import AimsStorage
from data.storage.study_design.guide_storage import GuideStorage
from data.storage.study_design.project_storage import ProjectStorage
from data.storage.study_design.reach_reading import ReachReading
from data.storage.study_design.spelling_storage import SpellingStorage
from data.storage.study_design.strand_storage import StrandStorage
from data.storage.study_design.wave_storage import WaveStorage


class DesignStorage:
    """What a study set out to do and whom it reached, one part for each kind."""

    def __init__(self, database: StudyDatabase) -> None:
        self.strands = StrandStorage(database)
        self.projects = ProjectStorage(database)
        self.waves = WaveStorage(database)
        self.guides = GuideStorage(database)
        self.aims = AimsStorage(database)
        self.reach = ReachReading(database)
        self.spellings = SpellingStorage(database)
