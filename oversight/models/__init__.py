from oversight.models.digests import Digest
from oversight.models.funding import FinanceLevel, FundedPerson, FundingBudget, FundingLine, FundingPayment, ServiceRate
from oversight.models.tallies import Counted, Tally, TallyTrack

__all__ = [
    "Counted",
    "Digest",
    "FinanceLevel",
    "FundedPerson",
    "FundingBudget",
    "FundingLine",
    "FundingPayment",
    "ServiceRate",
    "Tally",
    "TallyTrack",
]
