"""Workbooks in and out: guard, reading in a limited child process, writing back with remarks, exports.

Nothing is imported here, because the child process imports this package for every file.
"""
