"""`python -m bench [name …]`: prints the table of docs/performance.md on the database of DATABASE_URL."""

import os
import sys
import tempfile
from importlib import import_module

from bench.table import HEAD

NAMES = ("addresses", "rosters", "accepting", "receiving", "benefits", "scope", "papers", "exports", "dashboards")


def main(wanted):

    unreached = 0
    print(HEAD, flush=True)
    for name in wanted:
        for row in import_module(f"bench.{name}").run():
            print(row, flush=True)
            unreached += not row.reached
    return 1 if unreached else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["WEIHAI_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
        sys.exit(main(sys.argv[1:] or NAMES))
