"""The container of .xls and .et files (OLE compound file): enough to list streams and read one."""

import struct
from array import array

from weihai_transfer.lib.workbooks.refusal import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF


class CompoundFile:
    def __init__(self, file, size):
        self._file = file
        header = file.read(512)
        if len(header) < 512 or not header.startswith(SIGNATURE):
            raise damaged()
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            raise damaged()
        self._sector = 1 << shift
        self._most = size // self._sector + 1
        self._mini_cutoff = struct.unpack_from("<L", header, 56)[0]
        self._table = self._allocation_table(header)
        self.entries = self._directory(struct.unpack_from("<L", header, 48)[0])

    def _read(self, sector):
        self._file.seek((sector + 1) * self._sector)
        return self._file.read(self._sector)

    def _allocation_table(self, header):
        sectors = list(struct.unpack_from("<109L", header, 76))
        following, count = struct.unpack_from("<LL", header, 68)
        per_sector = self._sector // 4
        for _ in range(min(count, self._most)):
            if following >= self._most:
                break
            more = self._read(following)
            if len(more) < self._sector:
                raise damaged()
            *listed, following = struct.unpack(f"<{per_sector}L", more)
            sectors.extend(listed)
        table = array("I")
        for sector in sectors[: self._most]:
            if sector < self._most:
                data = self._read(sector)
                table.frombytes(data[: len(data) // 4 * 4])
        return table

    def _chain(self, sector):
        for _ in range(self._most):
            if sector in (_END, _FREE):
                return
            if sector >= len(self._table) or sector >= self._most:
                raise damaged()
            yield self._read(sector)
            sector = self._table[sector]
        raise damaged()

    def _directory(self, first):
        """Lower-cased name → (first sector, size) of every storage and stream."""
        entries = {}
        for data in self._chain(first):
            for at in range(0, len(data) - 127, 128):
                name_bytes, kind = struct.unpack_from("<HB", data, at + 64)
                if kind and 2 <= name_bytes <= 64:
                    name = data[at : at + name_bytes - 2].decode("utf-16-le", "replace").lower()
                    entries[name] = struct.unpack_from("<LL", data, at + 116)
        return entries

    def pieces(self, name):
        """A stream's bytes. Streams below the cutoff live elsewhere and are answered empty: no workbook is so small."""
        first, left = self.entries[name]
        if left < self._mini_cutoff:
            return
        for data in self._chain(first):
            yield data[:left]
            left -= len(data)
            if left <= 0:
                return
        # A file that was cut off: the parser would answer the rows that are left and lose the others silently.
        raise damaged()
