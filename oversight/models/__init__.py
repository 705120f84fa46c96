from oversight.models.bulletins import Bulletin
from oversight.models.funding import FinanceLevel, FundedPerson, FundingBudget, FundingLine, FundingPayment, ServiceRate
from oversight.models.tallies import Counted, Tally, TallyTrack

__all__ = [
    "Bulletin",
    "Counted",
    "FinanceLevel",
    "FundedPerson",
    "FundingBudget",
    "FundingLine",
    "FundingPayment",
    "ServiceRate",
    "Tally",
    "TallyTrack",
]
