from handover.models.agreement_papers import AgreementPaper
from handover.models.agreements import Agreement, AgreementPerson, AgreementRound
from handover.models.assets import Asset
from handover.models.batches import Batch
from handover.models.bulk import BulkSelection
from handover.models.cases import Case, Suggestion
from handover.models.community import Activity, Confirmation, EligibilityCheck, ServiceRecord
from handover.models.deaths import DeathNotice
from handover.models.moves import MoveNotice
from handover.models.notices import Notice, NoticePerson
from handover.models.papers import BatchPaper, CasePaper
from handover.models.problems import Problem, ProblemAnswer
from handover.models.relocations import Relocation

__all__ = [
    "Activity",
    "Agreement",
    "AgreementPaper",
    "AgreementPerson",
    "AgreementRound",
    "Asset",
    "Batch",
    "BatchPaper",
    "BulkSelection",
    "Case",
    "CasePaper",
    "Confirmation",
    "DeathNotice",
    "EligibilityCheck",
    "MoveNotice",
    "Notice",
    "NoticePerson",
    "Problem",
    "ProblemAnswer",
    "Relocation",
    "ServiceRecord",
    "Suggestion",
]
