"""Reads the metadata of GGUF files and writes GGUF files, with the standard library alone. The format: version 3, little-endian."""
import struct
from dataclasses import dataclass

ALIGNMENT = 32
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", UINT32: "I", INT32: "i", FLOAT32: "f", BOOL: "?", 10: "Q", 11: "q", 12: "d"}


@dataclass(frozen=True)
class Value:
    """A metadata value and its type; items is the type of an array's items."""
    kind: int
    value: object
    items: int | None = None


@dataclass(frozen=True)
class Tensor:
    """What the header says of a tensor. dimensions: the row's length first; kind: ggml's number of the type."""
    name: str
    dimensions: tuple
    kind: int
    size: int


def read_header(path):
    """The file's metadata by key, and the names of its tensors."""
    with open(path, "rb") as file:
        magic, version = file.read(4), numbers(file, "I")[0]
        if magic != b"GGUF" or version not in (2, 3):
            raise SystemExit(f"{path} is no GGUF file of version 2 or 3. Give a model in the GGUF format.")
        tensors, count = numbers(file, "QQ")
        metadata = {read_string(file): read_value(file, numbers(file, "I")[0]) for _ in range(count)}
        return metadata, [read_tensor_name(file) for _ in range(tensors)]


def read_value(file, kind):
    if kind == STRING:
        return Value(kind, read_string(file))
    if kind != ARRAY:
        return Value(kind, numbers(file, SCALARS[kind])[0])
    items, count = numbers(file, "IQ")
    if items == STRING:
        return Value(kind, [read_string(file) for _ in range(count)], items)
    return Value(kind, list(numbers(file, SCALARS[items] * count)), items)


def read_tensor_name(file):
    """The name; past the dimensions, the type and the place."""
    name = read_string(file)
    numbers(file, f"{numbers(file, 'I')[0]}QIQ")
    return name


def read_string(file):
    return file.read(numbers(file, "Q")[0]).decode("utf-8", "surrogateescape")


def numbers(file, pattern):
    return struct.unpack("<" + pattern, file.read(struct.calcsize("<" + pattern)))


def write_header(file, metadata, tensors):
    """Everything before the tensors' data, padded to the alignment. Each tensor's data is to be padded likewise (see pad)."""
    file.write(struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(metadata)))
    for key, value in metadata.items():
        file.write(string(key) + struct.pack("<I", value.kind) + packed(value))
    offset = 0
    for tensor in tensors:
        rank = len(tensor.dimensions)
        file.write(string(tensor.name) + struct.pack(f"<I{rank}QIQ", rank, *tensor.dimensions, tensor.kind, offset))
        offset += -(-tensor.size // ALIGNMENT) * ALIGNMENT
    pad(file)


def packed(value):
    if value.kind == STRING:
        return string(value.value)
    if value.kind != ARRAY:
        return struct.pack("<" + SCALARS[value.kind], value.value)
    head = struct.pack("<IQ", value.items, len(value.value))
    if value.items == STRING:
        return head + b"".join(map(string, value.value))
    return head + struct.pack("<" + SCALARS[value.items] * len(value.value), *value.value)


def string(text):
    encoded = text.encode("utf-8", "surrogateescape")
    return struct.pack("<Q", len(encoded)) + encoded


def pad(file):
    file.write(bytes(-file.tell() % ALIGNMENT))
