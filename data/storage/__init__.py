"""The study store: one door to everything a study keeps."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from data.migrations import bring_up_to_date
from data.storage.analysis_templates.record_storage import RecordStorage
from data.storage.analysis_templates.template_storage import TemplateStorage
from data.storage.audit_storage import AuditStorage
from data.storage.case_progress.comparison_storage import ComparisonStorage
from data.storage.case_progress.reading_storage import ReadingStorage
from data.storage.case_progress.verdict_storage import VerdictStorage
from data.storage.cases.case_storage import CaseStorage
from data.storage.cases.judgement_storage import JudgementStorage
from data.storage.cases.pairing_storage import PairingStorage
from data.storage.cases.plan_storage import PlanStorage
from data.storage.cases.sampling_storage import SamplingStorage
from data.storage.cases.sensitivity_storage import SensitivityStorage
from data.storage.codebook.change_storage import CodeChangeStorage
from data.storage.codebook.codebook_storage import CodebookStorage
from data.storage.codebook.decision_storage import DecisionStorage
from data.storage.codebook.version_storage import VersionStorage
from data.storage.coders.assignment_storage import AssignmentStorage
from data.storage.coders.others_read import OthersReadStorage
from data.storage.coders.settling_storage import SettlingStorage
from data.storage.coding_desk.coding_storage import CodingStorage
from data.storage.coding_desk.suggestion_storage import SuggestionStorage
from data.storage.database import StudyDatabase
from data.storage.debriefs.debrief_storage import DebriefStorage
from data.storage.debriefs.hypothesis_storage import HypothesisStorage
from data.storage.evidence.evidence_storage import EvidenceStorage
from data.storage.finding.finding_storage import FindingStorage
from data.storage.findings.findings_storage import FindingsStorage
from data.storage.framework.framework_storage import FrameworkStorage
from data.storage.indicator_storage import IndicatorStorage
from data.storage.interviews.correction_storage import CorrectionStorage
from data.storage.interviews.source_storage import SourceStorage
from data.storage.judges.interests import InterestStorage
from data.storage.judges.judging_storage import JudgingStorage
from data.storage.judges.reconciling import ReconcilingStorage
from data.storage.judges.supervision_storage import SupervisionStorage
from data.storage.memos.memo_reading import MemoReading
from data.storage.memos.memo_storage import MemoStorage
from data.storage.outcomes.logic_model_storage import LogicModelStorage
from data.storage.outcomes.statement_storage import StatementStorage
from data.storage.people_rights.backup_register import BackupRegister
from data.storage.people_rights.consent_storage import ConsentStorage
from data.storage.people_rights.erasure_storage import ErasureStorage
from data.storage.people_rights.keeping_storage import KeepingStorage
from data.storage.people_rights.withdrawal_storage import WithdrawalStorage
from data.storage.progress_storage import ProgressStorage
from data.storage.pseudonyms.key_storage import KeyStorage
from data.storage.pseudonyms.name_storage import NameStorage
from data.storage.releases.release_storage import ReleaseStorage
from data.storage.releases.rule_storage import RuleStorage
from data.storage.study_design import DesignStorage
from data.storage.study_storage import StudyStorage
from data.storage.suggesting.deciding_storage import DecidingStorage
from data.storage.suggesting.draw_storage import DrawStorage
from data.storage.suggesting.lessons_storage import LessonsStorage
from data.storage.suggesting.settings_storage import SuggestionSettingsStorage
from data.storage.suggesting.trust_storage import TrustStorage
from data.storage.themes.theme_storage import ThemeStorage
from data.storage.topline_storage import ToplineStorage
from data.storage.within_cases.within_case_storage import WithinCaseStorage


class StudyStore:
    """A study by file path or database URL, brought up to date when opened.

    Each part stores one kind of thing. Every change takes the id of the person who
    acts, checks their right and leaves an audit line in the same transaction.
    """

    def __init__(self, study: str | Path) -> None:
        self.database = StudyDatabase(study)
        bring_up_to_date(self.database)
        self.study = StudyStorage(self.database)
        self.audit = AuditStorage(self.database)
        self.analysis_templates = TemplateStorage(self.database)
        self.analysis_records = RecordStorage(self.database)
        self.progress = ProgressStorage(self.database)
        self.indicators = IndicatorStorage(self.database)
        self.toplines = ToplineStorage(self.database)
        self.cases = CaseStorage(self.database)
        self.sampling = SamplingStorage(self.database)
        self.plans = PlanStorage(self.database)
        self.pairings = PairingStorage(self.database)
        self.sensitivity = SensitivityStorage(self.database)
        self.judgements = JudgementStorage(self.database)
        self.comparison = ComparisonStorage(self.database)
        self.readings = ReadingStorage(self.database)
        self.verdicts = VerdictStorage(self.database)
        self.judging = JudgingStorage(self.database)
        self.reconciling = ReconcilingStorage(self.database)
        self.interests = InterestStorage(self.database)
        self.supervision = SupervisionStorage(self.database)
        self.within_cases = WithinCaseStorage(self.database)
        self.sources = SourceStorage(self.database)
        self.corrections = CorrectionStorage(self.database)
        self.pseudonym_key = KeyStorage(self.database)
        self.pseudonyms = NameStorage(self.database, self.pseudonym_key)
        self.codebook = CodebookStorage(self.database)
        self.code_changes = CodeChangeStorage(self.database)
        self.codebook_versions = VersionStorage(self.database)
        self.codebook_decisions = DecisionStorage(self.database)
        self.coding = CodingStorage(self.database)
        self.coders = AssignmentStorage(self.database)
        self.others_read = OthersReadStorage(self.database)
        self.settling = SettlingStorage(self.database)
        self.suggestions = SuggestionStorage(self.database)
        self.deciding = DecidingStorage(self.database)
        self.draws = DrawStorage(self.database)
        self.trust = TrustStorage(self.database)
        self.lessons = LessonsStorage(self.database)
        self.suggestion_settings = SuggestionSettingsStorage(self.database)
        self.finding = FindingStorage(self.database)
        self.memos = MemoStorage(self.database)
        self.memo_reading = MemoReading(self.database)
        self.consent = ConsentStorage(self.database)
        self.withdrawals = WithdrawalStorage(self.database)
        self.erasures = ErasureStorage(self.database)
        self.keeping = KeepingStorage(self.database)
        self.backups = BackupRegister(self.database)
        self._open_what_is_made_of_it()

    def _open_what_is_made_of_it(self) -> None:
        """What a team makes of it together, and what leaves the study."""
        self.design = DesignStorage(self.database)
        self.evidence = EvidenceStorage(self.database)
        self.framework = FrameworkStorage(self.database)
        self.themes = ThemeStorage(self.database)
        self.hypotheses = HypothesisStorage(self.database)
        self.debriefs = DebriefStorage(self.database)
        self.findings = FindingsStorage(self.database)
        self.logic_model = LogicModelStorage(self.database)
        self.outcomes = StatementStorage(self.database)
        self.disclosure_rule = RuleStorage(self.database)
        self.releases = ReleaseStorage(self.database)

    def one_state(self) -> AbstractContextManager[None]:
        """Within it, all that is read is of the same moment, and costs less."""
        return self.database.one_state()

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()
