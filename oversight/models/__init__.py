from oversight.models.digests import Digest
from oversight.models.exports import Export, ExportState
from oversight.models.funding import FinanceLevel, FundedPerson, FundingBudget, FundingLine, FundingPayment, ServiceRate
from oversight.models.tallies import Counted, Tally, TallyTrack

__all__ = [
    "Counted",
    "Digest",
    "Export",
    "ExportState",
    "FinanceLevel",
    "FundedPerson",
    "FundingBudget",
    "FundingLine",
    "FundingPayment",
    "ServiceRate",
    "Tally",
    "TallyTrack",
]
