"""The tree of party organisations: found from a place, kept, and told."""
