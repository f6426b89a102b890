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
from data.tables.surveys import SurveyAssumptionRow, SurveyToplineRow
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
from data.tables.together.findings import FindingRow, FindingWordsRow
from data.tables.together.framework import (
    FrameworkCellRow,
    FrameworkMatrixRow,
    FrameworkWordsRow,
)
from data.tables.together.hypotheses import (
    CounterSearchRow,
    HypothesisRow,
    HypothesisStepRow,
)
from data.tables.together.outcomes import (
    CounterAnswerRow,
    LogicModelRow,
    LogicModelWordsRow,
    OutcomeStatementRow,
    OutcomeStatementWordsRow,
)
from data.tables.together.releases import (
    DisclosureRuleRow,
    ReleaseFileRow,
    ReleaseRow,
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
    "CaseReadAloneRow",
    "CaseReadingRow",
    "CaseRow",
    "CodebookDecisionRow",
    "CodebookVersionRow",
    "CodedSegmentRow",
    "CodeHistoryRow",
    "CodePrecisionRow",
    "CodeRow",
    "CodesToldApartRow",
    "CodingChangeRow",
    "ComparedPairRow",
    "ComparisonSettingsRow",
    "ConsentRow",
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
    "DrawnSourceRow",
    "EarlierTextRow",
    "EarlierWordsRow",
    "ErasureRow",
    "FrameworkCellRow",
    "FrameworkMatrixRow",
    "FrameworkWordsRow",
    "EvidenceRow",
    "HypothesisRow",
    "HypothesisStepRow",
    "DisclosureRuleRow",
    "FindingRow",
    "FindingWordsRow",
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
    "PairingRow",
    "PairRow",
    "ParticipantAttributeRow",
    "ParticipantRow",
    "PersonRow",
    "PlanRow",
    "ProgressJudgeRow",
    "ProgressVerdictRow",
    "ReadingAnswerRow",
    "ReadingFormRow",
    "ReadThroughRow",
    "ReleaseFileRow",
    "ReleaseRow",
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
    "SupervisionRow",
    "SurveyAssumptionRow",
    "SurveyToplineRow",
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
    "CounterAnswerRow",
    "LogicModelRow",
    "LogicModelWordsRow",
    "OutcomeStatementRow",
    "OutcomeStatementWordsRow",
]
