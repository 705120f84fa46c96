from benefits.models.expectancy import LifeExpectancy
from benefits.models.items import OutOfPoolItem
from benefits.models.medical import AmountKind, MedicalPaper, MedicalTransfer, Payer, Scheme
from benefits.models.papers import SettlementPaper, TreatmentPaper
from benefits.models.plans import TaperingPlan
from benefits.models.settlements import Settlement
from benefits.models.supplementary import (
    EndOfCover,
    PlanKind,
    SupplementaryCover,
    SupplementaryLevel,
    SupplementaryPaper,
    SupplementaryPlan,
)
from benefits.models.treatments import Treatment

__all__ = [
    "AmountKind",
    "EndOfCover",
    "LifeExpectancy",
    "MedicalPaper",
    "MedicalTransfer",
    "OutOfPoolItem",
    "Payer",
    "PlanKind",
    "Scheme",
    "Settlement",
    "SettlementPaper",
    "SupplementaryCover",
    "SupplementaryLevel",
    "SupplementaryPaper",
    "SupplementaryPlan",
    "TaperingPlan",
    "Treatment",
    "TreatmentPaper",
]
