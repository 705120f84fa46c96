"""The two ends of a party relation. Both hold the duty PARTY; the pseudo-duties say at which end it must be held."""

SENDER, RECEIVER = "sender", "receiver"
SENDING, RECEIVING = "party.sending", "party.receiving"
