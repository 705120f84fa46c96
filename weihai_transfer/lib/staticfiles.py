from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns):
    for files, rules in patterns:
        kept = tuple(rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0]))
        if kept:
            yield files, kept


class HouseStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The vendored files name source maps that their wheels do not carry; following them would stop collectstatic."""

    patterns = tuple(_without_source_maps(CompressedManifestStaticFilesStorage.patterns))


class CarriedFiles(BaseFinder):
    """Single files out of installed packages, settings.CARRIED_FILES as (prefix, path): their neighbours stay unserved."""

    def find(self, path, find_all=False):
        found = [str(source) for prefix, source in settings.CARRIED_FILES if path == f"{prefix}/{source.name}"]
        if find_all:
            return found
        return found[0] if found else []

    def list(self, ignore_patterns):
        for prefix, source in settings.CARRIED_FILES:
            storage = FileSystemStorage(location=source.parent)
            storage.prefix = prefix
            yield source.name, storage
