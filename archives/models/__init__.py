from archives.models.dossiers import Dossier

__all__ = ["Dossier"]
