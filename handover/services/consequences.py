"""What a step of the case, or a recorded death, brings about on the person's other tracks. One table, read beside 二(三), 二(四), 二(五):

                       dossier                                  party relation                          medical insurance
died                   goes on: it may still be handed over     ends, a letter on its way is void       ends; supplementary cover ends too
closed, had died       goes on                                  ends                                    ends
closed otherwise       ends, unless it is on its way already    ends                                    ends; supplementary cover stays
relocated              goes where the case lies when it is sent addressed where the case lies when      stays with the area that was asked
                                                                a letter is issued
"""

from django.db.models import QuerySet

import archives.services
import party.services
from archives.models import Dossier
from benefits.services import covering, medical
from retirees.codes import Survival
from retirees.models import Retiree
from tracks.advancing import follow
from weihai_transfer.lib.among import among


def of_death(act, ids):
    party.services.end_by_death(act, ids)
    medical.end_by_death(act, ids)
    covering.end_by_death(act, ids)


def of_closing(act, ids):
    """Closed without transfer 核销: for the dead the dossier goes on."""
    rows = QuerySet(Retiree).filter(pk__in=among(Retiree, ids), survival=Survival.DECEASED)
    dead = set(rows.values_list("pk", flat=True))
    of_death(act, [pk for pk in ids if pk in dead])
    others = [pk for pk in ids if pk not in dead]
    follow(act, Dossier, "end", others, values=archives.services.ENDING)
    party.services.end_by_closing(act, others)
    medical.end_by_closing(act, others)
