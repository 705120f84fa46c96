"""What the audit pages read: one person's whole story, who read what, one's own acts, why somebody sees something."""
