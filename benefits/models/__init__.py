from benefits.models.expectancy import LifeExpectancy
from benefits.models.items import OutOfPoolItem
from benefits.models.plans import TaperingPlan
from benefits.models.settlements import Settlement
from benefits.models.treatments import Treatment

__all__ = ["LifeExpectancy", "OutOfPoolItem", "Settlement", "TaperingPlan", "Treatment"]
