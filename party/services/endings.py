"""What becomes of a membership when the person died or his case is closed without transfer.

Called inside the operation of whoever records that; no duty is asked, because the step is its consequence. Both
answer with the ids that moved; a relation that had come to its end before stays where it is.
"""

from party.models import Membership
from party.services import letters
from tracks.advancing import follow


def end_by_death(act, ids):
    """End the open relations of people who died; a letter on its way is void and its addressee is told."""
    return _end(act, "end_by_death", ids, "本人已去世")


def end_by_closing(act, ids):
    """End the open relations of people whose case was closed as a duplicate or as out of scope."""
    return _end(act, "end_by_closing", ids, "退休人员移交已核销")


def _end(act, step_name, ids, why):
    moved = follow(act, Membership, step_name, ids, values={"office": None})
    letters.void(act, moved, why=why, tell=True)
    return moved
