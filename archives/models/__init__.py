from archives.models.catalogue import CatalogueScheme, Material, MissingPaper
from archives.models.dossiers import Dossier
from archives.models.fees import FilingFee
from archives.models.findings import LeaderFinding
from archives.models.papers import DossierPaper, FeePaper, ShipmentPaper
from archives.models.shipments import Shipment

__all__ = [
    "CatalogueScheme",
    "Dossier",
    "DossierPaper",
    "FeePaper",
    "FilingFee",
    "LeaderFinding",
    "Material",
    "MissingPaper",
    "Shipment",
    "ShipmentPaper",
]
