# SPDX-License-Identifier: Apache-2.0
"""The list of hostile files of archives.py: reader, what it is, name, its maker, what it unpacks to, whether it is a model."""

import io
import lzma
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import zipfile

from hostile import *

root = pathlib.Path(__file__).resolve().parent.parent
program = pathlib.Path(os.environ.get("PROVABLY", root / ".build" / "release" / "provably"))
golden = root / "Tests" / "ModelFormatsTests" / "Golden"
GB10 = 10 * 10**9
CASES = []


def case(reader, what, name, make, unpacked=None, read=False):
    """A file of a name, the bytes it is made of (when its turn comes), and whether it is legitimate."""
    CASES.append((reader, what, name, make, unpacked, read))


def npz_cases():
    def npz(what, make, **more):
        case("npz", what, "m.npz", make, **more)

    good = arrays()
    npz("a good model", lambda: zip_file(good), read=True)
    npz("1000:1, 10 GB of zeros, as it says", lambda: zip_file([zip_bomb("data.npy", GB10)] + good[:2]), unpacked=GB10)
    npz("10 GB, directory says 24 bytes", lambda: zip_file([zip_bomb("data.npy", GB10, size=24)] + good[:2]), unpacked=GB10)
    npz("10 GB in an array that is not read", lambda: zip_file(good + [zip_bomb("other.npy", GB10)]),
        unpacked=GB10, read=True)
    npz("1 GB of zeros, as it says", lambda: zip_file([zip_bomb("data.npy", 10**9)] + good[:2]), unpacked=10**9)
    npz("300 overlapping members of 16 MB", lambda: overlapping(300, 16 * MIB), unpacked=300 * 16 * MIB)
    npz("a million members", lambda: zip_file([Member("a%x.npy" % i) for i in range(10**6)]))
    npz("a count of members that lies", lambda: zip_file(good, count=60000), read=True)
    npz("the directory is said to be past the end", lambda: zip_file(good, directory_offset=0xFFFFFFF0))
    for what, name in [("absolute path", "/etc/data.npy"), ("path with ..", "../data.npy"),
                       ("path with \\..\\", "..\\data.npy"), ("name twice", "data.npy"), ("name twice, by NUL", b"data.npy\0x")]:
        npz(what, lambda name=name: zip_file(good + [Member(name, npy([1.0]))]))
    # Members of other names are passed over.
    for what, name in [("name with NUL", b"data\0.npy"), ("name with a line break", "data\n.npy"),
                       ("name of 64 kB", "d" * 65000 + ".npy"), ("name that is not UTF-8", b"d\xe4t\xff.npy")]:
        npz(what, lambda name=name: zip_file(good + [Member(name, npy([1.0]))]), read=True)
    for what, mode in [("symbolic link", 0o120777), ("device node", 0o020644), ("socket", 0o140644)]:
        npz(what, lambda mode=mode: zip_file(good + [Member("x.npy", b"/etc/passwd", mode=mode)]))

    def data(**claims):
        return arrays(data=None) + [Member("data.npy", npy([0.5, 0.5, 1.0]), **claims)]

    size = len(npy([0.5, 0.5, 1.0]))
    for what, claims in [
            ("local header says less", {"local_size": size - 8}), ("local header says more", {"local_size": size + 8}),
            ("directory says less", {"size_in_directory": size - 8}), ("directory says more", {"size_in_directory": size + 8}),
            ("directory says 4 GB", {"size_in_directory": 0xFFFFFFF0}), ("both say less", {"size": size - 8}),
            ("zip64 says 2^63 bytes", {"zip64": 1 << 63}), ("zip64 says 2^62 bytes", {"zip64": 1 << 62}),
            ("zip64 says 10 TB", {"zip64": 10**13}), ("wrong checksum", {"crc": 7}), ("encrypted", {"flags": 1}),
            ("strong encryption", {"flags": 65}), ("unknown method", {"method": 77})]:
        npz(what, lambda claims=claims: zip_file(data(**claims)))
    import bz2
    npz("packed by bzip2", lambda: zip_file(data(packed=bz2.compress(npy([0.5, 0.5, 1.0])), method=12)))
    npz("packed by xz", lambda: zip_file(data(packed=xz(npy([0.5, 0.5, 1.0])), method=95)))
    npz("half of the file", lambda: (lambda whole: whole[:len(whole) // 2])(zip_file(good)))
    npz("without its last byte", lambda: zip_file(good)[:-1])
    npz("a tar archive", lambda: tar_file([tar_member("data.npy", npy([1.0]))]))
    for what, header in [
            ("shape (10^12,)", {"shape": "(1000000000000,)"}), ("shape (2^62, 2^62)", {"shape": f"({1 << 62}, {1 << 62})"}),
            ("shape (10^30,)", {"shape": f"({10**30},)"}), ("shape (-1,)", {"shape": "(-1,)"}),
            ("shape of 10^4 axes", {"shape": "(" + "1," * 10**4 + ")"}), ("header of 4 GB", {"length": 0xFFFFFFFF}),
            ("object dtype, a pickle", {"kind": "|O", "extra": b"cos\nsystem\n(S'touch pickle-was-run'\ntR."}),
            ("big-endian", {"values": [0.5, 0.5, 1.0], "kind": ">f8"}), ("complex", {"values": [1.0] * 6, "kind": "<c16"}),
            ("structured dtype", {"kind": "[('a', '<f8')]"}), ("type <f99999999999", {"kind": "<f99999999999"})]:
        npz(what, lambda header=header: zip_file(arrays(data=npy(**header))))
    npz("Fortran order", lambda: zip_file(arrays(data=npy([0.5, 0.5, 1.0], fortran=True))), read=True)
    for what, changes in [
            ("S is 10^12", {"S": npy([10**12], "<i8", "()")}), ("S is 2^31 - 1", {"S": npy([2**31 - 1], "<i8", "()")}),
            ("S is -1", {"S": npy([-1], "<i8", "()")}), ("A is 2^31 - 1", {"A": npy([2**31 - 1], "<i8", "()")}),
            ("a next state of 2^31 - 1", {"indices": npy([0, 1, 2**31 - 1], "<i4")}),
            ("indptr that falls", {"indptr": npy([0, -2, 3], "<i8")}),
            ("dense P of shape (S, A, S) that is none", {"P": npy([1.0] * 6, shape="(3, 2, 1)")})]:
        npz(what, lambda changes=changes: zip_file(arrays(**changes)))


def legitimate_cases():
    """Models that users have: packed by deflate and xz they stay far below the limits."""
    for what, reader, name, pack in [
            ("a maze of 500,000 states, deflated", "npz", "m.npz", repacked),
            ("a chain of 10^6 states in gzip", "umb", "m.umb", gz), ("a chain of 10^6 states in xz", "umb", "m.umb", xz)]:
        model = "maze:cells=1000000" if reader == "npz" else "riverswim:states=1000000"
        case(reader, what, name, lambda model=model, name=name, pack=pack: pack(made(model, name)),
             unpacked=300 * 10**6, read=True)


def made(model, name):
    """The file of a model, as the program writes it."""
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work) / name
        subprocess.run([program, "make", model, "--out", path], check=True)
        return path.read_bytes()


def repacked(data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            target.writestr(member, source.read(member))
    return out.getvalue()


def umb_cases():
    parts = tar_parts(golden / "storm" / "checker.umb")
    members = [tar_member(name, data) for name, data in parts]
    good = tar_file(members)

    def umb(what, make, **more):
        case("umb", what, "m.umb", make, **more)

    def bare(size):
        return tar_header("annotations/other.bin", size)

    umb("a good model", lambda: good, read=True)
    umb("a good model in gzip", lambda: gz(good), read=True)
    umb("a good model in xz", lambda: xz(good), read=True)
    for name, pack in [("gzip", gz_zeros), ("xz", xz_zeros)]:
        head = tar_header("annotations/other.bin", b"\x80" + GB10.to_bytes(11, "big"))
        umb(f"10 GB of zeros in {name}, as it says", lambda pack=pack, head=head: pack(head, GB10, good), unpacked=GB10)
        umb(f"10 GB of zeros in {name}, after the end", lambda pack=pack: pack(good, GB10), unpacked=GB10)
        umb(f"10 GB of zeros in {name}, before the start", lambda pack=pack: pack(b"", GB10, good), unpacked=GB10)
        umb(f"10 GB in {name} as a header of tar",
            lambda pack=pack: pack(tar_header("x", b"\x80" + GB10.to_bytes(11, "big"), kind=b"x"), GB10, good), unpacked=GB10)
        umb(f"10 GB in {name} as a long name",
            lambda pack=pack: pack(tar_header("x", b"\x80" + GB10.to_bytes(11, "big"), kind=b"L"), GB10, good), unpacked=GB10)
    umb("gzip of gzip", lambda: gz(gz(good)))
    umb("gzip of gzip of gzip, 10 GB", lambda: gz(gz(gz_zeros(good, GB10))), unpacked=GB10)
    umb("gzip 30 times", lambda: nested(good, 30))
    umb("xz that asks for a dictionary of 4 GB", lambda: xz_with_dictionary(good, 40), read=True)
    import bz2
    for what, pack in [("bzip2", bz2.compress), ("zstd", zstd), ("lzma", lambda data: lzma.compress(data, lzma.FORMAT_ALONE)),
                       ("uuencode", uuencoded)]:
        umb(f"packed by {what}", lambda pack=pack: pack(good))
    umb("a zip archive", lambda: zip_file([Member(name, data) for name, data in parts]))
    umb("a cpio archive", lambda: cpio(parts))
    umb("an ar archive", lambda: ar(parts))
    umb("an ISO image", iso)
    umb("a 7z signature", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + bytes(1024))
    umb("an rpm lead", lambda: b"\xed\xab\xee\xdb\3\0" + bytes(90) + b"\x8e\xad\xe8\1" + bytes(12) + cpio(parts))
    umb("text", lambda: b"#mtree\n./index.json type=file\n")
    umb("a million members in gzip", lambda: gz(tar_file([tar_header("a%x" % i, 0) for i in range(10**6)])),
        unpacked=512 * 10**6)
    umb("a million folders in gzip", lambda: gz(tar_file([tar_header("a%x/" % i, 0, kind=b"5") for i in range(10**6)])),
        unpacked=512 * 10**6)
    for what, name in [("absolute path", "/etc/passwd"), ("path with ..", "../../x"), ("name twice", "index.json"),
                       ("name twice, by ./", "./index.json")]:
        umb(what, lambda name=name: tar_file(members + [tar_member(name, b"x")]))
    # Members of other names are passed over.
    for what, name in [("name with a line break", "a\nb"), ("name that is not UTF-8", b"\xe4\xff.bin")]:
        umb(what, lambda name=name: tar_file(members + [tar_member(name, b"x")]), read=True)
    umb("a name of 64 kB", lambda: tar_file(members + [pax(path="d" * 65000), tar_member("x", b"x")]), read=True)
    umb("a name with NUL", lambda: tar_file(members + [pax(path=b"a\0b"), tar_member("x", b"x")]), read=True)
    umb("a name of 8 MB", lambda: tar_file(members + [pax(path="d" * (8 * MIB)), tar_member("x", b"x")]))
    for what, kind in [("hard link", b"1"), ("symbolic link", b"2"), ("device node", b"3"), ("block device", b"4"),
                       ("pipe", b"6")]:
        umb(what, lambda kind=kind: tar_file(members + [tar_header("x", 0, kind=kind, link="/etc/passwd")]))
    big = b"\x80" + (1 << 62).to_bytes(11, "big")
    for what, size in [("a negative size", b"\xff" * 12), ("a size of -512", b"\xff" * 10 + b"\xfe\0"),
                       ("octal digits without end", b"7" * 12), ("2^62 bytes", big), ("2^87 bytes", b"\x80" + b"\xff" * 11),
                       ("a size that is no number", b"zzzzzzzzzzz\0"), ("10 TB", b"\x80" + (10**13).to_bytes(11, "big"))]:
        umb(f"size: {what}", lambda size=size: tar_file([bare(size)]) + good)
    umb("size in pax: 10^19", lambda: tar_file(members + [pax(size=10**19), tar_member("x", b"x")]))
    umb("size in pax: -1", lambda: tar_file(members + [pax(size=-1), tar_member("x", b"x")]))
    sparse = [(257, b"ustar  \0"), (386, b"%011o\0%011o\0" % (0, 512)), (483, b"\x80" + (10**13).to_bytes(11, "big"))]
    umb("a sparse file of 10 TB, old GNU", lambda: tar_file(
        members + [tar_header("x", 512, kind=b"S", patch=sparse) + bytes(512)]))
    holes = b"1\n0\n512\n".ljust(512, b"\0") + bytes(512)
    umb("a sparse file of 10 TB, pax", lambda: tar_file(members + [
        pax(GNU__sparse__major=1, GNU__sparse__minor=0, GNU__sparse__name="x", GNU__sparse__realsize=10**13),
        tar_member("x", holes)]))
    umb("index.json as a sparse file of 50 MB", lambda: tar_file([
        pax(GNU__sparse__major=1, GNU__sparse__minor=0, GNU__sparse__name="index.json", GNU__sparse__realsize=5 * 10**7),
        tar_member("x", holes)]))
    umb("half of the file", lambda: good[:len(good) // 2])
    umb("half of the file in gzip", lambda: (lambda whole: whole[:len(whole) // 2])(gz(good)))
    umb("half of the file in xz", lambda: (lambda whole: whole[:len(whole) // 2])(xz(good)))
    umb("gzip with a wrong checksum", lambda: gz(good)[:-8] + b"\1\2\3\4" + gz(good)[-4:])
    umb("tar with a wrong checksum", lambda: good[:148] + b"0000001" + good[155:])
    index = dict(parts)["index.json"]
    states = b'"#states": ' if b'"#states": ' in index else b'"#states":'
    at = index.index(states) + len(states)
    end = next(i for i in range(at, len(index)) if not index[i:i + 1].isdigit())
    for what, text in [("10^12", b"1000000000000"), ("2^31 - 1", b"2147483647"), ("10^30", b"1" + b"0" * 30),
                       ("-1", b"-1"), ("1e6 digits", b"1" * 10**6)]:
        changed = index[:at] + text + index[end:]
        umb(f"#states is {what}", lambda changed=changed: tar_file(
            [tar_member(name, changed if name == "index.json" else data) for name, data in parts]))
    for what, text in [("60 MB of []", b"[" + b"[]," * (20 * MIB) + b"[]]"), ("10^6 brackets", b"[" * 10**6)]:
        umb(f"index.json is {what}, in gzip", lambda text=text: gz(tar_file([tar_member("index.json", text)])),
            unpacked=len(text))


def nested(data, times):
    for _ in range(times):
        data = gz(data)
    return data


DRN = "@type: MDP\n@parameters\n\n@reward_models\n\n@nr_states\n{S}\n@nr_choices\n{K}\n@model\nstate 0 init\n\taction a\n\t\t0 : {p}\n"
JSON = '{{"format": "provably-mdp/1", "states": {S}, "actions": {A}, {more}"choices": [{{"state": 0, "action": 0, "reward": {r}, "next": [[0, 1]]}}]}}'
TABLE = '{{"states": {S}, "actions": {A}, {more}"P": [[[[1, 0, {r}, false]]]]}}'
LINE = 100 * 10**6


def text_cases():
    def drn(what, make, **more):
        case("drn", what, "m.drn", make, **more)

    def words(template, **values):
        return template.format(**{"S": 1, "K": 1, "A": 1, "p": 1, "r": 0, "more": "", **values}).encode()

    digits = "1" * 10**6
    drn("a good model", lambda: words(DRN), read=True)
    for what, S in [("10^12", 10**12), ("2^31 - 1", 2**31 - 1), ("10^30", 10**30), ("-1", -1), ("10^6 digits", digits)]:
        drn(f"@nr_states is {what}", lambda S=S: words(DRN, S=S))
    drn("@nr_choices is 10^12", lambda: words(DRN, K=10**12))
    drn("a probability of 10^6 digits", lambda: words(DRN, p="0." + digits))
    drn("10^6 rewards in one bracket", lambda: words(DRN).replace(b"action a", b"action a [" + b"1," * 10**6 + b"1]"))
    drn("a line of 100 MB", lambda: b"@type: " + b"x" * LINE)
    drn("a label of 100 MB", lambda: words(DRN).replace(b"state 0 init", b"state 0 init " + b"x" * LINE), read=True)
    drn("an action of 100 MB", lambda: words(DRN).replace(b"action a", b"action " + b"x" * LINE), read=True)
    drn("10^7 brackets", lambda: words(DRN) + b"[" * 10**7)
    drn("100 MB of line breaks", lambda: words(DRN) + b"\n" * LINE, read=True)

    def prism(what, make, **more):
        case("prism", what, "m.tra", make, **more)

    prism("a good model", lambda: b"1 1 1\n0 0 0 1 a\n", read=True)
    for what, counts in [("10^12 states", f"{10**12} 1 1"), ("10^12 choices", f"1 {10**12} 1"), ("10^12 of all", f"{10**12} " * 3),
                         ("10^30 states", f"{10**30} 1 1"), ("-1 states", "-1 1 1"), ("10^6 digits", f"{digits} 1 1")]:
        prism(f"a header of {what}", lambda counts=counts: counts.encode() + b"\n0 0 0 1 a\n")
    prism("a state of 10^12", lambda: b"1 1 1\n1000000000000 0 0 1\n")
    prism("a state of 10^12, no counts", lambda: b"mdp\n1000000000000 0 0 1\n")
    prism("a choice of 10^12", lambda: b"1 1 1\n0 1000000000000 0 1\n")
    prism("a probability of 10^6 digits", lambda: b"1 1 1\n0 0 0 0." + digits.encode() + b"\n")
    prism("a line of 100 MB", lambda: b"1 1 1\n0 0 0 1 " + b"a" * LINE, read=True)
    prism("100 MB of one line repeated", lambda: b"1 1 1\n" + b"0 0 0 1\n" * (LINE // 8))

    for reader, template in [("json", JSON), ("gymnasium", TABLE)]:
        def text(what, make, reader=reader, **more):
            case(reader, what, "m.json", make, **more)

        text("a good model", lambda t=template: words(t), read=True)
        for what, S in [("10^12", 10**12), ("2^31 - 1", 2**31 - 1), ("10^30", 10**30), ("-1", -1), ("0.5", 0.5),
                        ("10^6 digits", digits), ("1e999", "1e999")]:
            text(f"states is {what}", lambda S=S, t=template: words(t, S=S))
        text("actions is 10^12", lambda t=template: words(t, A=10**12))
        text("a reward of 10^6 digits", lambda t=template: words(t, r=digits))
        text("a string of 100 MB", lambda t=template: words(t, more='"name": "' + "x" * LINE + '", '), read=True)
        text("a key of 100 MB", lambda t=template: words(t, more='"' + "x" * LINE + '": 1, '), read=True)
        text("10^6 brackets", lambda t=template: words(t, more='"name": ' + "[" * 10**6 + ", "))
        text("10^6 keys of one name", lambda t=template: words(t, more='"name": "x", ' * 10**6), read=True)
        text("100 MB of empty arrays", lambda t=template: words(t, more='"x": [' + "[]," * (LINE // 3) + "[]], "), read=True)
        text("only 10^6 brackets", lambda: b"[" * 10**6)
        text("only 10^6 braces", lambda: b'{"a":' * 10**6)
        text("only a string without end", lambda: b'{"format": "' + b"x" * LINE)
    case("json", "format of 1 MB", "m.json", lambda: words(JSON).replace(b"provably-mdp/1", b"x" * MIB))


CERTIFICATE = ('{{"schema": "{schema}", "criterion": "{criterion}", {number}"method": "{method}", "status": "converged", '
               '"iterations": {count}, "residual": {x}, "epsilon": 0, "gap": 0, "lossBound": 0, "digest": "0", "stages": {stages}}}')
SWEEP = ('{{"name": "{name}", "environments": {environments}, "horizon": {horizon}, "episodes": {episodes}, '
         '"trials": {trials}, "learners": [{{"algorithm": "{algorithm}"}}]}}')


def other_cases():
    digits = "1" * 10**6

    def certificate(what, make=None, **values):
        standard = {"schema": "provably-certificate/1", "criterion": "discounted", "number": '"discount": 0.5, ', "method": "pi",
                    "count": 1, "x": 0, "stages": '[{"lower": [0], "upper": [1], "choices": [0]}]'}
        case("certificate", what, "c.json", make or (lambda: CERTIFICATE.format(**{**standard, **values}).encode()))

    certificate("iterations of 10^30", count=10**30)
    certificate("a horizon of 10^12", criterion="finite-horizon", number='"horizon": 1000000000000, ')
    certificate("a residual of 10^6 digits", x=digits)
    certificate("a residual of 1e999", x="1e999")
    certificate("a method of 100 MB", method="x" * LINE)
    certificate("a schema of 1 MB", schema="x" * MIB)
    certificate("a criterion of 1 MB", criterion="x" * MIB)
    certificate("10^7 empty stages", stages="[" + '{"lower":[],"upper":[],"choices":[]},' * 10**6 + '{"lower":[],"upper":[],"choices":[]}]')
    certificate("10^7 bounds", stages='[{"lower": [' + "0," * 10**7 + '0], "upper": [1], "choices": [0]}]')
    certificate("10^6 brackets", make=lambda: b"[" * 10**6)
    certificate("10^6 braces", make=lambda: b'{"stages":' * 10**6)
    certificate("10^6 brackets as stages", stages="[" * 10**6)
    certificate("not JSON", make=lambda: b"\0" * 1000)

    def sweep(what, make=None, **values):
        standard = {"name": "x", "environments": '["twostate"]', "horizon": 1, "episodes": 1, "trials": 1, "algorithm": "greedy"}
        case("sweep", what, "s.json", make or (lambda: SWEEP.format(**{**standard, **values}).encode()))

    sweep("10^12 trials", trials=10**12)
    sweep("10^12 episodes", episodes=10**12)
    sweep("a horizon of 10^12", horizon=10**12)
    sweep("10^30 trials", trials=10**30)
    sweep("trials of 10^6 digits", trials=digits)
    sweep("an environment of 10^9 states", environments='["garnet:states=1000000000"]')
    sweep("an environment of 10^12 states", environments='["garnet:states=1000000000000"]')
    sweep("10^6 environments of one name", environments="[" + '"twostate",' * 10**6 + '"twostate"]')
    sweep("an environment of 100 MB", environments='["' + "x" * LINE + '"]')
    sweep("a name of 1 MB", name="X" * MIB)
    sweep("an algorithm of 1 MB", algorithm="x" * MIB)
    sweep("10^6 brackets", make=lambda: b"[" * 10**6)
    sweep("10^6 brackets as environments", environments="[" * 10**6)
    sweep("not JSON", make=lambda: b"\xff" * 1000)

    def csv(what, make, **more):
        case("csv", what, "t.csv", make, **more)

    csv("a line of 100 MB", lambda: b"x,y\n" + b"1" * LINE)
    csv("a number of 10^6 digits", lambda: b"x,y\n1," + b"1" * 10**6 + b"\n")
    csv("a cell of 1 MB that is no number", lambda: b"x,y\n1," + b"z" * MIB + b"\n")
    csv("a quote without end, 100 MB", lambda: b'x,y\n1,"' + b"z" * LINE)
    csv("10^6 columns", lambda: b"a," * 10**6 + b"a\n" + b"1," * 10**6 + b"1\n")
    csv("a header of 10^6 columns and one row of one", lambda: b"a," * 10**6 + b"a\n1\n")
    csv("100 MB of commas", lambda: b"," * LINE)
    csv("100 MB of line breaks", lambda: b"x,y\n" + b"\n" * LINE)
    csv("10^6 series", lambda: b"x,y,low,high,series,mark\n" + b"".join(b"1,1,,,s%d,line\n" % i for i in range(10**6)))
    csv("not text", lambda: bytes(range(256)) * 100)

    def store(what, make):
        case("store", what, "s.db", make)

    store("not a store", lambda: b"x" * 10000)
    store("only the first line of one", lambda: b"SQLite format 3\0")
    store("a header that claims 2^32 pages", lambda: database([])[:28] + b"\xff\xff\xff\xfe" + database([])[32:])
    store("a table without end, by recursion", lambda: database([
        "CREATE VIEW cells AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "PRAGMA user_version = 1"]))
    store("an empty database", lambda: database(["PRAGMA user_version = 1"]))
    store("another program's database", lambda: database(["CREATE TABLE cells (a, b)", "PRAGMA user_version = 1"]))


def database(statements):
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        connection = sqlite3.connect(file.name)
        connection.execute("CREATE TABLE IF NOT EXISTS other (x)")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return pathlib.Path(file.name).read_bytes()
