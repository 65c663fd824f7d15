#!/usr/bin/env python3
"""Writes a GGUF model with random weights of a given shape, so that speed can be measured without a download.

    benchmarks/gpu/random_model.py --tokenizer models/SmolLM2-135M-Instruct.Q4_1.gguf -o random-8b.gguf
    benchmarks/gpu/random_model.py --tokenizer models/SmolLM2-135M-Instruct.Q4_1.gguf --shape tiny --type f16 -o tiny.gguf

Its answers mean nothing; its speed is that of a trained model of this shape and type. Needs numpy.
8 billion weights take 8.5 GB in Q8_0 and 16 GB in F16.
"""
import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy

import shapes
from gguf_file import ARRAY, FLOAT32, STRING, UINT32, Tensor, Value, pad, read_header, write_header

CHUNK_BYTES = 32 << 20
DEVIATION = 0.02
UNUSED = 5
F32 = 0


@dataclass(frozen=True)
class Format:
    """A type of weights: ggml's number, the file's (general.file_type), values and bytes of a block, and what makes blocks of values."""
    kind: int
    file_type: int
    block: int
    block_bytes: int
    encode: object

    def size(self, values):
        return values // self.block * self.block_bytes


def f16(values):
    return values.astype("<f2").tobytes()


def q8_0(values):
    """ggml's Q8_0: 32 values as whole numbers of -127 to 127 and, before them, their unit in half precision."""
    values = values.reshape(-1, 32)
    unit = numpy.abs(values).max(axis=1, keepdims=True) / 127
    blocks = numpy.empty(len(values), dtype=[("unit", "<f2"), ("numbers", "i1", 32)])
    blocks["unit"] = unit[:, 0]
    blocks["numbers"] = numpy.rint(values / unit)
    return blocks.tobytes()


FORMATS = {"q8_0": Format(8, 7, 32, 34, q8_0), "f16": Format(1, 1, 1, 2, f16)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shapes.add_options(parser)
    parser.add_argument("--type", choices=FORMATS, default="q8_0", help="the type of all matrices (default: %(default)s)")
    parser.add_argument("--tokenizer", required=True, type=Path, metavar="FILE.gguf", help="the model whose tokenizer is taken")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers (default: %(default)s)")
    parser.add_argument("-o", "--out", required=True, type=Path, metavar="FILE.gguf", help="the file to write; replaced if it is there")
    arguments = parser.parse_args()
    if arguments.out.exists() and arguments.out.samefile(arguments.tokenizer):
        parser.error("-o is the file with the tokenizer. Name another.")

    source, _ = read_header(arguments.tokenizer)
    tokenizer = {key: value for key, value in source.items() if key.startswith("tokenizer.")}
    if "tokenizer.ggml.tokens" not in tokenizer:
        parser.error(f"{arguments.tokenizer} holds no tokenizer. Give a model.")
    shape = shapes.chosen(arguments, len(tokenizer["tokenizer.ggml.tokens"].value))
    weights = FORMATS[arguments.type]
    write(arguments.out, header(shape, weights) | padded(tokenizer, shape.vocabulary), tensors(shape, weights), weights, arguments.seed)
    print(f"{arguments.out}: {shape.name}, {shape.layers} layers, {arguments.type}, {arguments.out.stat().st_size / 1e9:.2f} GB")


def header(shape, weights):
    """What llama.cpp's converter says of a model."""
    return {
        "general.architecture": Value(STRING, "llama"),
        "general.type": Value(STRING, "model"),
        "general.name": Value(STRING, f"Random {shape.name}, {shape.layers} layers"),
        "llama.block_count": Value(UINT32, shape.layers),
        "llama.context_length": Value(UINT32, shape.context),
        "llama.embedding_length": Value(UINT32, shape.embedding),
        "llama.feed_forward_length": Value(UINT32, shape.feed_forward),
        "llama.attention.head_count": Value(UINT32, shape.heads),
        "llama.attention.head_count_kv": Value(UINT32, shape.kv_heads),
        "llama.rope.freq_base": Value(FLOAT32, shape.rope_theta),
        "llama.attention.layer_norm_rms_epsilon": Value(FLOAT32, shape.rms_epsilon),
        "general.file_type": Value(UINT32, weights.file_type),
        "llama.vocab_size": Value(UINT32, shape.vocabulary),
        "llama.rope.dimension_count": Value(UINT32, shape.head_size),
        "general.quantization_version": Value(UINT32, 2),
    }


def padded(tokenizer, count):
    """The tokenizer with unused tokens behind its own, up to this many."""
    ids = range(len(tokenizer["tokenizer.ggml.tokens"].value), count)
    fillings = {
        "tokenizer.ggml.tokens": [f"<|unused_{i}|>" for i in ids],
        "tokenizer.ggml.token_type": [UNUSED] * len(ids),
        "tokenizer.ggml.scores": [0.0] * len(ids),
    }
    return {key: Value(ARRAY, value.value + fillings[key], value.items) if key in fillings else value for key, value in tokenizer.items()}


def tensors(shape, weights):
    """All tensors, in the order of llama.cpp's converter."""
    def matrix(name, columns, rows):
        return Tensor(f"{name}.weight", (columns, rows), weights.kind, weights.size(columns * rows))

    def norm(name):
        return Tensor(f"{name}.weight", (shape.embedding,), F32, 4 * shape.embedding)

    wide, deep, kv = shape.embedding, shape.feed_forward, shape.kv_heads * shape.head_size
    all_tensors = [matrix("token_embd", wide, shape.vocabulary), norm("output_norm")]
    if not shape.tied:
        all_tensors.append(matrix("output", wide, shape.vocabulary))
    for layer in (f"blk.{i}." for i in range(shape.layers)):
        all_tensors += [
            norm(layer + "attn_norm"), matrix(layer + "attn_q", wide, wide), matrix(layer + "attn_k", wide, kv),
            matrix(layer + "attn_v", wide, kv), matrix(layer + "attn_output", wide, wide),
            norm(layer + "ffn_norm"), matrix(layer + "ffn_gate", wide, deep), matrix(layer + "ffn_up", wide, deep),
            matrix(layer + "ffn_down", deep, wide),
        ]
    return all_tensors


def write(path, metadata, all_tensors, weights, seed):
    random = numpy.random.default_rng(seed)
    chunk = memoryview(random_chunk(random, weights))
    with open(path, "wb") as file:
        write_header(file, metadata, all_tensors)
        for tensor in all_tensors:
            if tensor.kind == F32:
                file.write(numpy.ones(tensor.size // 4, dtype="<f4").tobytes())
            else:
                start = int(random.integers(len(chunk) // weights.block_bytes)) * weights.block_bytes
                write_around(file, chunk, start, tensor.size)
            pad(file)


def random_chunk(random, weights):
    """The weights that every matrix is cut from, each from another place on: to draw 8 billion would take minutes.

    The number of blocks is odd, and that of a row mostly even, so that a matrix does not repeat its rows.
    """
    blocks = CHUNK_BYTES // weights.block_bytes | 1
    return weights.encode(random.standard_normal(blocks * weights.block, dtype=numpy.float32) * numpy.float32(DEVIATION))


def write_around(file, chunk, start, size):
    """So many bytes of the chunk from the start on, which goes on at its beginning."""
    while size > 0:
        part = chunk[start:start + size]
        file.write(part)
        size -= len(part)
        start = 0


if __name__ == "__main__":
    main()
