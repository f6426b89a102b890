"""An analysis template over the small interview, with one passage coded."""

from __future__ import annotations

from dataclasses import replace

from interview_desk import a_desk, code_words

from coding.analysis_templates.questions import AnswerKind, Question
from data.storage import StudyStore
from data.storage.analysis_templates.template_records import (
    Answer,
    AnswerWords,
    Record,
    RecordPlace,
    Template,
)

PASSAGE = "The same worker came every week"
ONE_WORKER = Question("", "Was there one worker?", kind=AnswerKind.YES_NO_UNCLEAR)
TRUST = Question("", "What did that do for trust?", "Say whose trust.")


class TemplateDesk:
    """The small interview, one passage coded, a template of two questions published."""

    def __init__(self, store: StudyStore) -> None:
        self.store = store
        self.source, self.same, self.heard = a_desk(store)
        operation = code_words(PASSAGE, self.same)
        store.coding.apply("priya", self.source, [operation])
        self.coded = operation.segment_id
        made = store.analysis_templates.add("di", "Interview", [ONE_WORKER, TRUST])
        self.template = store.analysis_templates.publish("di", made, "First.")
        self.worker, self.trust = (q.id for q in self.template.newest.questions)
        self.place = RecordPlace(self.template.id, self.source)

    def record(self, reader: str | None = "di") -> Record:
        return self.store.analysis_records.record(self.place, reader_id=reader)

    def write(self, text, *, question="", who="di", seen=None, **more) -> Answer:
        question = question or self.trust
        if seen is None:
            seen = self.record(who).answer(question).version
        return self.store.analysis_records.write(
            who, self.place, question, AnswerWords(text, **more), seen_version=seen
        )

    def reworded(self) -> Template:
        """The template's second version: one reworded, one added, one retired."""
        questions = self.template.newest.questions
        later = [
            Question("", "What was asked for?"),
            replace(questions[1], heading="What did one worker do for trust?"),
        ]
        changed = self.store.analysis_templates.change(
            "di", self.template, "Interview", later
        )
        self.template = self.store.analysis_templates.publish("di", changed)
        return self.template
