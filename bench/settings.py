from weihai_transfer.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "import_export", "bench.peer"]  # noqa: F405
# Pages are measured with files that lie where they are: nothing is collected for a measurement.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
