"""`python -m bench.dashboards_small N`: the seconds of the city's dashboard with N people on the database of this process."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import Office  # noqa: E402
from bench import dashboards  # noqa: E402

call_command("migrate", interactive=False, verbosity=0)
steward = dashboards.prepare(int(sys.argv[1]))
city, leader = dashboards.client_of("sasac", Office.objects.get(kind="city"), steward)
dashboards.check(leader)
print(dashboards.seconds(city))
