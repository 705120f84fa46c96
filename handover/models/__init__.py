from handover.models.batches import Batch
from handover.models.bulk import BulkSelection
from handover.models.cases import Case, Suggestion
from handover.models.deaths import DeathNotice
from handover.models.papers import CasePaper

__all__ = ["Batch", "BulkSelection", "Case", "CasePaper", "DeathNotice", "Suggestion"]
