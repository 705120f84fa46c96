"""The papers about a supplementary plan. A decision comes with the level that it lets fall, never by itself."""

from accounts.duties import Duty
from benefits.models import SupplementaryPaper
from tracks.papers import PaperDesk, PaperKind

SUPPLEMENTARY_PAPERS = PaperDesk(
    name="supplementary",
    app="benefits",
    track="supplementary",
    model=SupplementaryPaper,
    page="benefits:supplementary_plan",
    kinds=(
        PaperKind(code=SupplementaryPaper.Kind.DOCUMENT, duties=(Duty.SUBMIT,)),
        PaperKind(code=SupplementaryPaper.Kind.DECISION, duties=(Duty.SUBMIT,), by_hand=False),
    ),
)
