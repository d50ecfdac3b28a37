# SPDX-License-Identifier: Apache-2.0
"""Makers of hostile files, one small function a kind; archives.py puts them together."""

import binascii
import gzip
import io
import lzma
import struct
import tarfile
import zlib

MIB = 1 << 20
EPOCH = 0


def npy(values=(), kind="<f8", shape=None, fortran=False, extra=b"", length=None):
    """A NumPy array whose header may say anything."""
    text = f"{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape or (len(values),)}, }}".encode()
    code = {"<f8": "<%dd", ">f8": ">%dd", "<i8": "<%dq", "<i4": "<%di"}.get(kind, "<%dd")
    size = len(text) if length is None else length
    start = b"\x93NUMPY\x02\0" + struct.pack("<I", size) if size > 65535 else b"\x93NUMPY\x01\0" + struct.pack("<H", size)
    return start + text + struct.pack(code % len(values), *values) + extra


def arrays(**changes):
    """The members of a good model of two states, some replaced; None removes one."""
    members = {
        "indptr": npy([0, 2, 3], "<i8"), "indices": npy([0, 1, 1], "<i4"), "data": npy([0.5, 0.5, 1.0]),
        "R": npy([1.0, 0.0]), "S": npy([2], "<i8", "()"), "A": npy([1], "<i8", "()"),
        "gamma": npy([0.9], "<f8", "()"), **changes}
    return [Member(name + ".npy", data) for name, data in members.items() if data is not None]


class Member:
    """A member of a zip archive; what the two headers say may differ from what is there."""

    def __init__(self, name, data=b"", *, packed=None, method=0, crc=None, size=None, local_size=None,
                 mode=0o100644, flags=0, zip64=None, offset=None, size_in_directory=None):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.packed = data if packed is None else packed
        self.method = method
        self.crc = zlib.crc32(data) if crc is None else crc
        self.size = len(data) if size is None else size
        self.local_size = self.size if local_size is None else local_size
        self.directory_size = self.size if size_in_directory is None else size_in_directory
        self.mode, self.flags, self.zip64, self.offset = mode, flags, zip64, offset

    def common(self, size, extra):
        return struct.pack("<HHHHHIIIHH", 45, self.flags, self.method, 0, 0x21, self.crc, len(self.packed) & 0xFFFFFFFF,
                           min(size, 0xFFFFFFFF), len(self.name), len(extra))

    def sizes64(self, size):
        """The extra field of a size that 32 bits do not hold, or one that lies."""
        claim = self.zip64 if self.zip64 is not None else size if size >= 0xFFFFFFFF else None
        return b"" if claim is None else struct.pack("<HHQ", 1, 8, claim)

    def local(self):
        extra = self.sizes64(self.local_size)
        return b"PK\3\4" + self.common(0xFFFFFFFF if extra else self.local_size, extra) + self.name + extra

    def directory(self, offset):
        extra = self.sizes64(self.directory_size)
        start = self.common(0xFFFFFFFF if extra else self.directory_size, extra)
        return (b"PK\1\2" + struct.pack("<H", 0x031E) + start + struct.pack("<HHHII", 0, 0, 0, self.mode << 16, offset)
                + self.name + extra)


def zip_file(members, count=None, directory_offset=None):
    """A zip archive; members with an offset of their own have no data (they overlap others)."""
    data, entries = bytearray(), bytearray()
    for member in members:
        if member.offset is None:
            entries += member.directory(len(data))
            data += member.local() + member.packed
        else:
            entries += member.directory(member.offset)
    total = len(members) if count is None else count
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, min(total, 65535), min(total, 65535), len(entries),
                                  len(data) if directory_offset is None else directory_offset, 0)
    if total > 65535:
        record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, total, total, len(entries), len(data))
        end = record + b"PK\6\7" + struct.pack("<IQI", 0, len(data) + len(entries), 1) + end
    return bytes(data + entries + end)


def zeros_deflated(head, count):
    """`head` and then `count` zero bytes, deflated 1000 to 1 without ever holding them; the CRC of it all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = bytes(count % (16 * MIB))
    packed = start + block * (count // (16 * MIB)) + packer.compress(rest) + packer.flush()
    return packed, checksum_of_zeros(zlib.crc32(head), count)


def checksum_of_zeros(crc, count):
    """The CRC after `count` zero bytes more: the linear map of one bit, squared again and again."""
    def apply(matrix, vector):
        result = 0
        for column in matrix:
            if vector & 1:
                result ^= column
            vector >>= 1
        return result

    matrix = [0xEDB88320] + [1 << i for i in range(31)]
    bits, state = 8 * count, crc ^ 0xFFFFFFFF
    while bits:
        if bits & 1:
            state = apply(matrix, state)
        matrix = [apply(matrix, column) for column in matrix]
        bits >>= 1
    return state ^ 0xFFFFFFFF


def zip_bomb(name, count, **claims):
    """A member that is an array of `count` bytes of zeros."""
    head = npy([], shape=f"({count // 8},)")
    packed, crc = zeros_deflated(head, count)
    return Member(name, packed=packed, method=8, crc=crc, **{"size": len(head) + count, **claims})


def overlapping(copies, kernel):
    """Members that quote each other's headers and share one kernel, as in Fifield's better zip bomb."""
    packed, _ = zeros_deflated(b"", kernel)
    data, stream, members = bytes(kernel), packed, []
    for i in reversed(range(copies)):
        member = Member(f"x{i:04d}.npy", data, packed=stream, method=8)
        members.append((member, len(stream)))
        head = member.local()
        stream = b"\0" + struct.pack("<HH", len(head), len(head) ^ 0xFFFF) + head + stream
        data = head + data
    members.reverse()
    start = members[0][0].local()
    body = start + members[0][0].packed
    for member, length in members:
        member.offset = len(body) - length - len(member.local())
    entries = b"".join(member.directory(member.offset) for member, _ in members)
    return body + entries + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(entries), len(body), 0)


def tar_header(name, size, kind=b"0", link="", patch=()):
    """The 512 bytes before a member; a size of bytes is put as it is, `patch` overwrites places."""
    head = bytearray(512)
    name = name if isinstance(name, bytes) else name.encode()
    size = size if isinstance(size, bytes) else b"%011o\0" % size
    places = [(0, name[:100]), (100, b"0000644\0"), (108, b"0000000\0"), (116, b"0000000\0"), (124, size),
              (136, b"00000000000\0"), (148, b" " * 8), (156, kind), (157, link.encode()[:100]), (257, b"ustar\00000")]
    for place, text in [*places, *patch]:
        head[place:place + len(text)] = text
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def tar_member(name, data=b"", size=None, **more):
    return tar_header(name, len(data) if size is None else size, **more) + data + bytes(-len(data) % 512)


def tar_file(members, end=bytes(1024)):
    return b"".join(members) + end


def tar_parts(file):
    """The members of a tar archive as pairs of a name and bytes."""
    with tarfile.open(file) as archive:
        return [(member.name, archive.extractfile(member).read()) for member in archive if member.isfile()]


def pax(**records):
    """A header of the POSIX kind, for the member that follows."""
    text = b""
    for key, value in records.items():
        value = value if isinstance(value, bytes) else str(value).encode()
        body = b" " + key.replace("__", ".").encode() + b"=" + value + b"\n"
        size = len(body) + 1
        while len(str(size)) + len(body) != size:
            size = len(str(size)) + len(body)
        text += str(size).encode() + body
    return tar_member("pax", text, kind=b"x")


def gz(data):
    return gzip.compress(data, 9, mtime=EPOCH)


def gz_zeros(head, count, tail=b""):
    """A gzip file of `head`, zeros and `tail`; the zeros are never held."""
    packed, crc = zeros_deflated(head, count)
    first = b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + packed + struct.pack("<II", crc, (len(head) + count) & 0xFFFFFFFF)
    return first + (gz(tail) if tail else b"")


def xz(data):
    return lzma.compress(data, preset=6)


def xz_zeros(head, count, tail=b""):
    """As gz_zeros, in xz: streams one after the other."""
    block = xz(bytes(64 * MIB))
    return xz(head) + block * (count // (64 * MIB)) + xz(bytes(count % (64 * MIB)) + tail)


def xz_with_dictionary(data, size):
    """An xz stream whose decoder is asked for a dictionary of `size` bytes (40: 4 GiB − 1)."""
    packed = bytearray(xz(data))
    place = packed.index(b"\x21\x01", 12) + 2
    packed[place] = size
    head = 12
    length = (packed[head] + 1) * 4
    packed[head + length - 4:head + length] = struct.pack("<I", zlib.crc32(bytes(packed[head:head + length - 4])))
    return bytes(packed)


def zstd(data):
    """A zstd frame of raw blocks, for which no packer is needed."""
    out = bytearray(b"\x28\xb5\x2f\xfd\x00\x58")
    for i in range(0, len(data), 65536):
        part = data[i:i + 65536]
        last = i + 65536 >= len(data)
        out += ((len(part) << 3) | last).to_bytes(3, "little") + part
    return bytes(out)


def uuencoded(data):
    lines = [binascii.b2a_uu(data[i:i + 45]) for i in range(0, len(data), 45)]
    return b"begin 644 model.tar\n" + b"".join(lines) + b"`\nend\n"


def cpio(parts):
    out = b""
    for name, data in [*parts, ("TRAILER!!!", b"")]:
        text = name.encode() + b"\0"
        out += b"070707%06o%06o%06o%06o%06o%06o%06o%011o%06o%011o" % (0, 1, 0o100644, 0, 0, 1, 0, 0, len(text), len(data))
        out += text + data
    return out


def iso():
    """The first sectors of an ISO 9660 image."""
    image = bytearray(64 * 2048)
    image[16 * 2048:16 * 2048 + 7] = b"\x01CD001\x01"
    image[17 * 2048:17 * 2048 + 7] = b"\xffCD001\x01"
    return bytes(image)


def ar(parts):
    out = io.BytesIO(b"!<arch>\n")
    out.seek(0, 2)
    for name, data in parts:
        out.write(b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (name.encode()[:15] + b"/", 0, 0, 0, 0o644, len(data)))
        out.write(data + b"\n" * (len(data) % 2))
    return out.getvalue()
