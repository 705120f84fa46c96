class Refused(Exception):
    """It cannot be done now. The message is for the person who asked: what happened, why, what to do."""
