from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns):
    for files, rules in patterns:
        kept = tuple(rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0]))
        if kept:
            yield files, kept


class HouseStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The vendored files name source maps that their wheels do not carry; following them would stop collectstatic."""

    patterns = tuple(_without_source_maps(CompressedManifestStaticFilesStorage.patterns))
