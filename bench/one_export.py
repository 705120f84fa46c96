"""One export through the worker's own code, or its floor, in a process of its own: prints seconds and peak MB."""

import sys
import tempfile
import time
from pathlib import Path

import django
import xlsxwriter


def peak():
    """The high-water mark of this program; getrusage would tell that of the process it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def job(pk):
    django.setup()
    from oversight.exports import running
    from oversight.models import Export

    began = time.perf_counter()
    running.run(pk)
    seconds = time.perf_counter() - began
    done = Export.objects.get(pk=pk)
    if done.state != "ready" or done.rows != done.total:
        sys.exit(f"not made: {done.state} {done.rows} of {done.total} {done.failure}")
    return seconds


def floor(count):
    """As many cells with words as long as those of the roster."""
    line = ["示例测量", "371002********1234", "199****0001", "山东省威海市******", "1958-03-08"] * 6
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(f"{folder}/floor.xlsx", {"constant_memory": True, "tmpdir": folder})
        page = book.add_worksheet()
        for row in range(int(count)):
            for column, text in enumerate(line):
                page.write_string(row, column, text)
        book.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    print({"job": job, "floor": floor}[sys.argv[1]](sys.argv[2]), peak())
