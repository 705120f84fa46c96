"""The papers about a medical-insurance transfer: brought as scans by the side that issues them."""

from accounts.duties import Duty
from benefits.models import MedicalPaper
from tracks.papers import PaperDesk, PaperKind

MEDICAL_PAPERS = PaperDesk(
    name="medical",
    app="benefits",
    track="medical",
    model=MedicalPaper,
    page="benefits:transfer",
    kinds=(
        PaperKind(code=MedicalPaper.Kind.PROOF, duties=(Duty.SUBMIT,)),
        PaperKind(code=MedicalPaper.Kind.LEAVING, duties=(Duty.SUBMIT,)),
        PaperKind(code=MedicalPaper.Kind.ARRIVING, duties=(Duty.DISTRIBUTE,)),
    ),
)
