"""The shapes of models that are measured with random weights: the numbers on which speed depends."""
from dataclasses import dataclass, replace

from gguf_file import read_header


@dataclass(frozen=True)
class Shape:
    """A model of the Llama architecture. vocabulary: None is the tokenizer's; tied: the output is the embeddings' matrix."""
    name: str
    layers: int
    embedding: int
    feed_forward: int
    heads: int
    kv_heads: int
    vocabulary: int | None
    context: int = 8192
    rope_theta: float = 500000.0
    rms_epsilon: float = 1e-5
    tied: bool = False

    @property
    def head_size(self):
        return self.embedding // self.heads


SHAPES = {
    "llama-3-8b": Shape("llama-3-8b", layers=32, embedding=4096, feed_forward=14336, heads=32, kv_heads=8, vocabulary=128256),
    "tiny": Shape("tiny", layers=2, embedding=256, feed_forward=512, heads=4, kv_heads=2, vocabulary=None),
}


def add_options(parser):
    """--shape and --layers."""
    parser.add_argument("--shape", choices=SHAPES, default="llama-3-8b", help="the model's shape (default: %(default)s)")
    parser.add_argument("--layers", type=int, metavar="N", help="another number of layers than the shape's")


def chosen(arguments, vocabulary):
    """The shape that the options ask for, for a tokenizer with so many tokens."""
    shape = SHAPES[arguments.shape]
    shape = replace(shape, vocabulary=shape.vocabulary or vocabulary)
    if vocabulary > shape.vocabulary:
        raise SystemExit(f"The tokenizer has {vocabulary} tokens, {shape.name} only {shape.vocabulary}. Take another model's tokenizer.")
    return with_layers(shape, arguments.layers)


def with_layers(shape, layers):
    if layers is None:
        return shape
    if layers < 1:
        raise SystemExit("--layers takes 1 or more.")
    return replace(shape, layers=layers)


def of_file(path):
    """The shape of the model in a GGUF file."""
    metadata, tensors = read_header(path)
    architecture = metadata["general.architecture"].value
    if architecture != "llama":
        raise SystemExit(f"{path} is a model of the architecture {architecture}. Give one of the architecture llama.")

    def field(key, default=None):
        value = metadata.get("llama." + key)
        if value is None and default is None:
            raise SystemExit(f"{path} does not say llama.{key}. Give a file as llama.cpp's converter writes it.")
        return default if value is None else value.value

    heads = field("attention.head_count")
    return Shape(
        name=metadata["general.name"].value if "general.name" in metadata else "unnamed",
        layers=field("block_count"), embedding=field("embedding_length"), feed_forward=field("feed_forward_length"),
        heads=heads, kv_heads=field("attention.head_count_kv", heads),
        vocabulary=len(metadata["tokenizer.ggml.tokens"].value), context=field("context_length"),
        rope_theta=field("rope.freq_base", 10000.0), rms_epsilon=field("attention.layer_norm_rms_epsilon"),
        tied="output.weight" not in tensors)
