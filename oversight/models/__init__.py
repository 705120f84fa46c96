from oversight.models.baseline import Baseline, BaselineChange, BaselinePerson, ChangedPerson, ChangeKind, DuePerson
from oversight.models.funding import FinanceLevel, FundedPerson, FundingBudget, FundingLine, FundingPayment, ServiceRate
from oversight.models.tallies import Counted, Tally, TallyTrack

__all__ = [
    "Baseline",
    "BaselineChange",
    "BaselinePerson",
    "ChangeKind",
    "ChangedPerson",
    "Counted",
    "DuePerson",
    "FinanceLevel",
    "FundedPerson",
    "FundingBudget",
    "FundingLine",
    "FundingPayment",
    "ServiceRate",
    "Tally",
    "TallyTrack",
]
