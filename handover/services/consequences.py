"""What a step of the case, or a recorded death, brings about on the person's other tracks.

One table, read beside 二(三), 二(四), 二(五) and 二(六):

                       dossier                                  party relation
died                   goes on: it may still be handed over     ends, a letter on its way is void
closed, had died       goes on                                  ends
closed otherwise       ends, unless it is on its way already    ends
relocated              goes where the case lies when it is sent addressed where the case lies when a letter is issued

                       medical insurance (二(五))                out-of-pool money (二(六))
died                   ends; supplementary cover ends too       ends, what was paid once stays paid; a sum that was
                                                                reckoned and not paid falls away
closed, had died       has ended with the death                 has ended with the death
closed otherwise       ends; supplementary cover stays          ends likewise
relocated              stays with the area that was asked       stays with the enterprise as it is
"""

from django.db.models import QuerySet

import archives.services
import benefits.services.ends
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
    benefits.services.ends.end_by_death(act, ids)


def of_closing(act, ids):
    """Closed without transfer 核销: for the dead the dossier goes on."""
    rows = QuerySet(Retiree).filter(pk__in=among(Retiree, ids), survival=Survival.DECEASED)
    dead = set(rows.values_list("pk", flat=True))
    of_death(act, [pk for pk in ids if pk in dead])
    others = [pk for pk in ids if pk not in dead]
    follow(act, Dossier, "end", others, values=archives.services.ENDING)
    party.services.end_by_closing(act, others)
    medical.end_by_closing(act, others)
    benefits.services.ends.end_by_closing(act, others)
