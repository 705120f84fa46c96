"""A zip that is not trusted: counted before it is opened, inflated in pieces, sizes and checksums compared."""

import os
import re
import struct
import zipfile
import zlib

from weihai_transfer.lib.workbooks.refusal import Refused, damaged, encrypted

PIECE = 256 * 1024
_END = b"PK\x05\x06"
_UNSAFE_NAME = re.compile(r"(^/|^[A-Za-z]:|[\x00-\x1f])")


class Archive:
    def __init__(self, path, limits):
        self.limits = limits
        self._file = open(path, "rb")  # noqa: SIM115 - closed by close()
        try:
            self._refuse_crowds()
            self._members = self._directory()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._file.close()

    def __contains__(self, name):
        return name.lower() in self._members

    @property
    def names(self):
        return list(self._members)

    def size(self, name):
        return self._members[name.lower()].file_size

    def _refuse_crowds(self):
        # The end record is read by hand: zipfile would first build an object for each of 60,000 entries.
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(max(0, size - 65_557))
        tail = self._file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            raise damaged()
        entries, directory_bytes = struct.unpack("<HL", tail[at + 10 : at + 16])
        if entries > self.limits.members or directory_bytes > self.limits.directory_bytes:
            raise Refused(
                "too_many_entries",
                f"文件内部的部件过多（上限 {self.limits.members:,} 个），不像正常的名册。"
                "请把名册内容复制到新建的空白工作簿，保存后重新上传。",
            )

    def _directory(self):
        try:
            with zipfile.ZipFile(self._file) as opened:
                infos = opened.infolist()
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError, EOFError) as trouble:
            raise damaged() from trouble
        members = {}
        for info in infos:
            name = _safe_name(info.filename)
            if name in members:
                raise Refused(
                    "duplicate_entries",
                    "文件内部有重名的部件，结构不正常，不同软件会读出不同内容。请用 Excel 或 WPS 另存为 .xlsx 后重新上传。",
                )
            if info.flag_bits & 0x1:
                raise encrypted()
            members[name] = info
        if len(members) > self.limits.members:
            raise damaged()
        if sum(info.file_size for info in infos) > self.limits.unpacked_bytes:
            raise unpacks_too_large(self.limits)
        return members

    def pieces(self, name):
        """The unpacked bytes of one member; a size or checksum that lies is refused while reading."""
        info = self._members.get(name.lower())
        if info is None:
            raise damaged()
        total, checksum = 0, 0
        try:
            for piece in self._inflated(info):
                total += len(piece)
                if total > info.file_size:
                    raise damaged()
                checksum = zlib.crc32(piece, checksum)
                yield piece
        except (zlib.error, OSError, struct.error) as trouble:
            raise damaged() from trouble
        if total != info.file_size or checksum != info.CRC:
            raise damaged()

    def whole(self, name):
        if name in self and self.size(name) > self.limits.part_bytes:
            raise unpacks_too_large(self.limits)
        return b"".join(self.pieces(name))

    def _inflated(self, info):
        at, left = self._data_start(info), info.compress_size
        if info.compress_type == zipfile.ZIP_STORED:
            inflate = None
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-15)
        else:
            raise damaged()
        while left:
            self._file.seek(at)
            packed = self._file.read(min(left, 65_536))
            if not packed:
                raise damaged()
            at, left = at + len(packed), left - len(packed)
            if inflate is None:
                yield packed
                continue
            while packed:
                yield inflate.decompress(packed, PIECE)
                packed = inflate.unconsumed_tail
            if inflate.eof and left:
                raise damaged()
        if inflate is not None:
            yield inflate.flush()
            if not inflate.eof or inflate.unused_data:
                raise damaged()

    def _data_start(self, info):
        self._file.seek(info.header_offset)
        header = self._file.read(30)
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            raise damaged()
        name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
        return info.header_offset + 30 + name_bytes + extra_bytes


def unpacks_too_large(limits):
    return Refused(
        "unpacks_too_large",
        f"文件解压后过大（上限 {limits.unpacked_bytes // 2**20} MB），远超正常名册，为保证系统运行不予读取。"
        "请删除图片和多余的工作表，或拆分成几个文件后重新上传。",
    )


def _safe_name(name):
    # Some old exporters write backslashes; readers treat both alike and ignore case.
    name = name.replace("\\", "/")
    if _UNSAFE_NAME.search(name) or ".." in name.split("/"):
        raise Refused(
            "unsafe_names",
            "文件内部的部件名称指向文件以外的位置，结构不安全。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。",
        )
    return name.lower()
