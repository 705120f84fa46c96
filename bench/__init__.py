"""Figures of `make bench`: each row is measured in one run against what a user would pick instead, or against the floor."""
