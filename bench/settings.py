from weihai_transfer.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "import_export", "bench.peer"]  # noqa: F405
