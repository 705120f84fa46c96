from oversight.models.funding import FinanceLevel, FundedPerson, FundingBudget, FundingLine, FundingPayment, ServiceRate

__all__ = ["FinanceLevel", "FundedPerson", "FundingBudget", "FundingLine", "FundingPayment", "ServiceRate"]
