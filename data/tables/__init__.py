"""The tables of a study database, all named ...Row; only ``data`` may see them.

Importing this package registers every table, which migrations and tests rely on.
"""

from data.tables.audit import AuditLineRow
from data.tables.base import StudyTable, new_id, now
from data.tables.case_progress import (
    CaseReadingRow,
    ComparedPairRow,
    ComparisonSettingsRow,
    EarlierWordsRow,
    ProgressJudgeRow,
    ProgressVerdictRow,
    ReadingAnswerRow,
    ReadingFormRow,
)
from data.tables.cases import (
    CaseEventRow,
    CaseFactRow,
    CaseFieldRow,
    CaseNoteRow,
    CaseRow,
    SamplingRecordRow,
)
from data.tables.coders import AssignmentRow
from data.tables.coding import (
    CodedSegmentRow,
    CodeRow,
    CodingChangeRow,
    MemoRow,
    OperationRow,
    SuggestionRow,
)
from data.tables.indicators import IndicatorValueRow
from data.tables.judging import (
    InterestRow,
    JudgingSettingRow,
    ListSeenRow,
    SupervisionRow,
    VerdictRow,
)
from data.tables.pairing import (
    CandidateRow,
    JudgementRow,
    PairingRow,
    PairRow,
    PlanRow,
    SensitivityRunRow,
    UnpairedCaseRow,
)
from data.tables.sources import (
    EarlierTextRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
    UnplacedCodingRow,
)
from data.tables.study import (
    ParticipantAttributeRow,
    ParticipantRow,
    PersonRow,
    StudyRow,
    WaveRow,
)
from data.tables.surveys import SurveyToplineRow
from data.tables.within_cases import CaseReadAloneRow, WithinCaseRow

__all__ = [
    "AssignmentRow",
    "AuditLineRow",
    "CandidateRow",
    "CaseEventRow",
    "CaseFactRow",
    "CaseFieldRow",
    "CaseNoteRow",
    "CaseReadingRow",
    "CaseReadAloneRow",
    "CaseRow",
    "CodeRow",
    "CodingChangeRow",
    "CodedSegmentRow",
    "ComparedPairRow",
    "ComparisonSettingsRow",
    "EarlierTextRow",
    "EarlierWordsRow",
    "IndicatorValueRow",
    "InterestRow",
    "JudgementRow",
    "JudgingSettingRow",
    "ListSeenRow",
    "MemoRow",
    "OperationRow",
    "PairRow",
    "PairingRow",
    "ParticipantAttributeRow",
    "ParticipantRow",
    "PersonRow",
    "PlanRow",
    "ProgressJudgeRow",
    "ProgressVerdictRow",
    "ReadingAnswerRow",
    "ReadingFormRow",
    "SamplingRecordRow",
    "SensitivityRunRow",
    "SourceRow",
    "SpeakerRow",
    "StudyRow",
    "StudyTable",
    "SuggestionRow",
    "SurveyToplineRow",
    "SupervisionRow",
    "TurnRow",
    "UnpairedCaseRow",
    "UnplacedCodingRow",
    "VerdictRow",
    "WaveRow",
    "WithinCaseRow",
    "new_id",
    "now",
]
