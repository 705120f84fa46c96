"""Which enterprise a form begins with."""


def usual(enterprises):
    """The one above all the others: whoever works for a group seldom means one of its subsidiaries. None when several
    stand side by side."""
    rows = sorted(enterprises, key=lambda one: one.path)
    return rows[0] if rows and all(one.path.startswith(rows[0].path) for one in rows) else None
