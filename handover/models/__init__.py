from handover.models.batches import Batch
from handover.models.bulk import BulkSelection
from handover.models.cases import Case, Suggestion
from handover.models.deaths import DeathNotice
from handover.models.receipts import OutsideReceipt

__all__ = ["Batch", "BulkSelection", "Case", "DeathNotice", "OutsideReceipt", "Suggestion"]
