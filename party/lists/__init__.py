"""The party list 党员名册: the 26 columns of domain.md 2.6, out for what one sees, in for what one sends."""
