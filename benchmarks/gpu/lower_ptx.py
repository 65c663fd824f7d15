"""Lets a CUDA library run under a driver that is older than its PTX.

A card whose machine code a library lacks gets it from the driver, which compiles the library's PTX and refuses any of a version newer than its
own CUDA ("the provided PTX was compiled with an unsupported toolchain"). This keeps one architecture's PTX of every fat binary and states an
older version in it; code that uses nothing newer compiles as before, other code is refused by the driver by name. The library's host code, and
with it every kernel that it launches, stays as it is.

    python3 lower_ptx.py libggml-cuda.so lowered.so --arch 90 --version 9.0
"""
import argparse
import mmap
import re
import shutil
import struct
import subprocess

CONTAINER = b"\x50\xed\x55\xba"
CONTAINER_HEADER = struct.Struct("<IHHQ")  # magic, version, bytes of this header, bytes of the entries
ENTRY_HEADER = struct.Struct("<HHIQIIHHI")  # kind, version, bytes of this header, of the payload, of it without padding, -, minor, major, arch
PTX = 1


def containers(library):
    """Where each fat binary begins, with the bytes of its entries."""
    at = library.find(CONTAINER)
    while at >= 0:
        _, version, header, size = CONTAINER_HEADER.unpack_from(library, at)
        if (version, header) == (1, CONTAINER_HEADER.size):
            yield at, size
        at = library.find(CONTAINER, at + 4)


def entries(library, at, size):
    """Where each entry of a fat binary begins, with its header's fields."""
    at += CONTAINER_HEADER.size
    end = at + size
    while at < end:
        fields = ENTRY_HEADER.unpack_from(library, at)
        yield at, fields
        at += fields[2] + fields[3]


def zstd(data, *arguments):
    return subprocess.run(["zstd", "-q", "-c", *arguments], input=data, stdout=subprocess.PIPE, check=True).stdout


def lowered(library, at, fields, version):
    """An entry of PTX that states another version."""
    kind, entry_version, header, _, size, unknown, _, _, arch = fields
    major, minor = map(int, version.split("."))
    text = zstd(library[at + header:at + header + size], "-d")
    text, count = re.subn(rb"^\.version \d+\.\d+", b".version %d.%d" % (major, minor), text, flags=re.MULTILINE)
    if count != 1:
        raise SystemExit(f"The PTX at {at:#x} states its version {count} times.")
    payload = zstd(text, "-19", "--no-check", f"--stream-size={len(text)}")
    padding = -len(payload) % 8
    head = bytearray(library[at:at + header])
    ENTRY_HEADER.pack_into(head, 0, kind, entry_version, header, len(payload) + padding, len(payload), unknown, minor, major, arch)
    return bytes(head) + payload + bytes(padding)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("output")
    parser.add_argument("--arch", type=int, required=True, help="compute capability without its point, as 90")
    parser.add_argument("--version", required=True, help="PTX version to state, as 9.0")
    arguments = parser.parse_args()
    shutil.copyfile(arguments.library, arguments.output)
    count = 0
    with open(arguments.output, "r+b") as file, mmap.mmap(file.fileno(), 0) as library:
        for at, size in list(containers(library)):
            found = [e for e in entries(library, at, size) if e[1][0] == PTX and e[1][8] == arguments.arch]
            if len(found) != 1:
                raise SystemExit(f"The fat binary at {at:#x} holds PTX for {arguments.arch} {len(found)} times.")
            entry = lowered(library, *found[0], arguments.version)
            if len(entry) > size:
                raise SystemExit(f"The fat binary at {at:#x} has no room.")
            body = at + CONTAINER_HEADER.size
            library[body:body + size] = entry + bytes(size - len(entry))
            CONTAINER_HEADER.pack_into(library, at, int.from_bytes(CONTAINER, "little"), 1, CONTAINER_HEADER.size, len(entry))
            count += 1
    print(f"{count} fat binaries hold PTX {arguments.version} for {arguments.arch}")


if __name__ == "__main__":
    main()
