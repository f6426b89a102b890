"""The tables of a study database, all named ...Row; only ``data`` may see them.

Importing this package registers every table, which migrations and tests rely on.
"""

from data.tables.audit import AuditLineRow
from data.tables.base import StudyTable, new_id, now
from data.tables.cases.case_files import (
    CaseEventRow,
    CaseFactRow,
    CaseFieldRow,
    CaseNoteRow,
    CaseRow,
    SamplingRecordRow,
)
from data.tables.cases.case_progress import (
    CaseReadingRow,
    ComparedPairRow,
    ComparisonSettingsRow,
    EarlierWordsRow,
    ProgressJudgeRow,
    ProgressVerdictRow,
    ReadingAnswerRow,
    ReadingFormRow,
)
from data.tables.cases.judging import (
    InterestRow,
    JudgingSettingRow,
    ListSeenRow,
    SupervisionRow,
    VerdictRow,
)
from data.tables.cases.pairing import (
    CandidateRow,
    JudgementRow,
    PairingRow,
    PairRow,
    PlanRow,
    SensitivityRunRow,
    UnpairedCaseRow,
)
from data.tables.cases.within_cases import CaseReadAloneRow, WithinCaseRow
from data.tables.indicators import IndicatorValueRow
from data.tables.interviews.codebook import (
    CodebookDecisionRow,
    CodebookVersionRow,
    CodeHistoryRow,
    CodesToldApartRow,
)
from data.tables.interviews.coders import (
    AgreedDecisionRow,
    AssignmentRow,
    AssignmentStepRow,
    OthersReadRow,
    SettledSourceRow,
)
from data.tables.interviews.coding import (
    CodedSegmentRow,
    CodeRow,
    CodingChangeRow,
    MemoLinkRow,
    MemoRow,
    MemoWordsRow,
    OperationRow,
    SuggestionRow,
)
from data.tables.interviews.sources import (
    EarlierTextRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
    TurnWordsRow,
    UnplacedCodingRow,
)
from data.tables.interviews.suggesting import (
    CodePrecisionRow,
    DrawnSourceRow,
    LearningRow,
    ReadThroughRow,
    SuggestionDrawRow,
    SuggestionSettingsRow,
    TrustReportRow,
)
from data.tables.people_rights import (
    BackupRow,
    ConsentRow,
    ErasureRow,
    KeepingRuleRow,
    WithdrawalRow,
    WithdrawnWordsRow,
)
from data.tables.study import (
    ParticipantAttributeRow,
    ParticipantRow,
    PersonRow,
    StudyRow,
    WaveRow,
)
from data.tables.surveys import SurveyToplineRow
from data.tables.together.debriefs import (
    DebriefActionRow,
    DebriefAttenderRow,
    DebriefDecisionRow,
    DebriefHypothesisRow,
    DebriefNoteRow,
    DebriefRow,
    DebriefWaveRow,
    DebriefWordsRow,
    DissentRow,
)
from data.tables.together.evidence import EvidenceRow
from data.tables.together.hypotheses import (
    CounterSearchRow,
    HypothesisRow,
    HypothesisStepRow,
)

__all__ = [
    "AgreedDecisionRow",
    "AssignmentRow",
    "AssignmentStepRow",
    "AuditLineRow",
    "BackupRow",
    "CandidateRow",
    "CaseEventRow",
    "CaseFactRow",
    "CaseFieldRow",
    "CaseNoteRow",
    "CaseReadingRow",
    "CaseReadAloneRow",
    "CaseRow",
    "CodeHistoryRow",
    "CodePrecisionRow",
    "CodeRow",
    "CodebookDecisionRow",
    "CodebookVersionRow",
    "CodingChangeRow",
    "CodedSegmentRow",
    "CodesToldApartRow",
    "ComparedPairRow",
    "ComparisonSettingsRow",
<<<<<<< HEAD
    "ConsentRow",
    "DrawnSourceRow",
    "EarlierTextRow",
    "EarlierWordsRow",
    "EvidenceRow",
    "ErasureRow",
=======
    "CounterSearchRow",
    "DebriefActionRow",
    "DebriefAttenderRow",
    "DebriefDecisionRow",
    "DebriefHypothesisRow",
    "DebriefNoteRow",
    "DebriefRow",
    "DebriefWaveRow",
    "DebriefWordsRow",
    "DissentRow",
    "EarlierTextRow",
    "EarlierWordsRow",
    "EvidenceRow",
    "HypothesisRow",
    "HypothesisStepRow",
>>>>>>> 7724fe1 (Keep hypotheses by their steps, and minutes that are sealed once closed)
    "IndicatorValueRow",
    "InterestRow",
    "JudgementRow",
    "JudgingSettingRow",
    "KeepingRuleRow",
    "LearningRow",
    "ListSeenRow",
    "MemoLinkRow",
    "MemoRow",
    "MemoWordsRow",
    "OperationRow",
    "OthersReadRow",
    "PairRow",
    "PairingRow",
    "ParticipantAttributeRow",
    "ParticipantRow",
    "PersonRow",
    "PlanRow",
    "ProgressJudgeRow",
    "ProgressVerdictRow",
    "ReadThroughRow",
    "ReadingAnswerRow",
    "ReadingFormRow",
    "SamplingRecordRow",
    "SensitivityRunRow",
    "SettledSourceRow",
    "SourceRow",
    "SpeakerRow",
    "StudyRow",
    "StudyTable",
    "SuggestionDrawRow",
    "SuggestionRow",
    "SuggestionSettingsRow",
    "SurveyToplineRow",
    "SupervisionRow",
    "TrustReportRow",
    "TurnRow",
    "TurnWordsRow",
    "UnpairedCaseRow",
    "UnplacedCodingRow",
    "VerdictRow",
    "WaveRow",
    "WithdrawalRow",
    "WithdrawnWordsRow",
    "WithinCaseRow",
    "new_id",
    "now",
]
