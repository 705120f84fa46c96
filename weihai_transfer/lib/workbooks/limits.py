"""How much of a file is read. Everything here protects the web process or the child, not a policy."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 50 * MIB
    xls_bytes: int = 32 * MIB
    unpacked_bytes: int = 400 * MIB
    strings_bytes: int = 160 * MIB
    part_bytes: int = 16 * MIB
    # Sheets that only expat can follow are read five times slower than the usual ones.
    irregular_bytes: int = 80 * MIB
    members: int = 2_000
    directory_bytes: int = MIB
    sheets: int = 60
    rows: int = 200_000
    columns: int = 200
    # Excel's own limit of a cell.
    cell_chars: int = 32_767
    # Excel's own limit of cell formats, with a little air.
    formats: int = 66_000
    merges: int = 50_000
    broken_cells: int = 1_000_000
    comments: int = 20_000
    child_memory: int = 1536 * MIB
    child_cpu_seconds: int = 60
    wait_seconds: int = 90


LIMITS = Limits()
