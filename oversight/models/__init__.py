from oversight.models.baseline import Baseline, BaselineChange, BaselinePerson, ChangedPerson, ChangeKind, DuePerson
from oversight.models.bulletins import Bulletin
from oversight.models.digests import Digest
from oversight.models.exports import Export, ExportState
from oversight.models.funding import FinanceLevel, FundedPerson, FundingBudget, FundingLine, FundingPayment, ServiceRate
from oversight.models.tallies import Counted, Tally, TallyKind, TallyLevel, TallyTrack

__all__ = [
    "Baseline",
    "BaselineChange",
    "BaselinePerson",
    "ChangeKind",
    "ChangedPerson",
    "Bulletin",
    "Counted",
    "Digest",
    "Export",
    "ExportState",
    "DuePerson",
    "FinanceLevel",
    "FundedPerson",
    "FundingBudget",
    "FundingLine",
    "FundingPayment",
    "ServiceRate",
    "Tally",
    "TallyKind",
    "TallyLevel",
    "TallyTrack",
]
