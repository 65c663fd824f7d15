#!/usr/bin/env python3
"""Measures how fast Hugging Face transformers answers the prompts that localopinions asks, on a model with random weights.

    benchmarks/gpu/transformers_speed.py --tokenizer models/SmolLM2-135M-Instruct.Q4_1.gguf --survey global_opinions.csv --out speed.json
    benchmarks/gpu/transformers_speed.py --tokenizer MODEL.gguf --model-config MODEL.gguf --survey global_opinions.csv --seconds 20
    benchmarks/gpu/transformers_speed.py --tokenizer MODEL.gguf --shape tiny --device cpu --survey global_opinions.csv --questions 8

It does what a careful user of the library does: bfloat16, scaled-dot-product attention, prompts of like length together without a mask
(they are padded on the right, where a causal model does not look), no cache, logits only where an answer is read. Every prompt is computed
whole. Uploading the tokens and tokenising are not in the seconds. The weights are random: the speed is that of a trained model of this
shape. Needs torch, transformers, tokenizers.
"""
import argparse
import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers

import shapes
from gguf_file import read_header

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "compare"))
import survey_prompts  # noqa: E402

SEED = 20260101
# As a sentence names them: the eight of localopinions' condition shareable-8, and the 55 of the published map.
EIGHT = ["the United States", "Brazil", "Germany", "Russia", "Turkey", "Nigeria", "China", "Japan"]
FIFTY_FIVE = [
    "the United States", "Canada", "Mexico", "Nicaragua", "Venezuela", "Colombia", "Peru", "Brazil", "Bolivia", "Argentina", "Chile",
    "Britain", "Spain", "France", "Italy", "Belgium", "the Netherlands", "Denmark", "Germany", "Sweden", "Poland", "Lithuania",
    "Hungary", "Ukraine", "Slovakia", "Bulgaria", "Greece", "Russia", "Turkey", "Morocco", "Tunisia", "Egypt", "Senegal", "Mali",
    "Burkina Faso", "Ghana", "Nigeria", "Angola", "Uganda", "Kenya", "Ethiopia", "Israel", "Jordan", "Uzbekistan", "Pakistan",
    "China", "Bangladesh", "Thailand", "Vietnam", "Indonesia", "Malaysia", "Taiwan", "Japan", "the Philippines", "Australia",
]
CONDITIONS = {"default": [""], "countries-8": EIGHT, "countries-55": FIFTY_FIVE}


@dataclass(frozen=True)
class Batch:
    """Prompts that are computed together: their tokens, padded on the right, and the place of each one's last token."""
    tokens: torch.Tensor
    last: torch.Tensor
    real: int

    @property
    def prompts(self):
        return len(self.last)


def main():
    arguments = parse()
    metadata, _ = read_header(arguments.tokenizer)
    tokenizer = build_tokenizer(arguments.tokenizer, metadata)
    shape = chosen_shape(arguments, tokenizer.get_vocab_size())
    letters = [tokenizer.token_to_id(letter) for letter in survey_prompts.LETTERS]
    labels = torch.tensor(letters, device=arguments.device)
    asked = sample(arguments.survey, arguments.questions)
    model = build_model(shape, arguments.device)
    report = {
        "device": device_name(arguments.device), "torch": torch.__version__, "transformers": transformers.__version__,
        "shape": asdict(shape),
        "parameters": sum(weights.numel() for weights in model.parameters()),
        "dtype": str(model.dtype).removeprefix("torch."), "attention": model.config._attn_implementation, "conditions": [],
    }
    versions = f"torch {report['torch']}, transformers {report['transformers']}"
    print(f"{report['device']}, {versions}, {shape.name}, {report['dtype']}", flush=True)
    for condition in arguments.conditions:
        prompts, seconds = tokenise(tokenizer, asked, CONDITIONS[condition])
        for budget in arguments.batch_tokens:
            line = measured(model, labels, prompts, budget, arguments)
            line = {"condition": condition, **with_questions(line, len(CONDITIONS[condition])), "tokenisation_seconds": seconds}
            report["conditions"].append(line)
            print(sentence(line), flush=True)
            if arguments.out:
                arguments.out.write_text(json.dumps(report, indent=1))
    for condition in arguments.conditions:
        print_best(condition, report["conditions"])


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shapes.add_options(parser)
    parser.add_argument("--model-config", type=Path, metavar="FILE.gguf", help="take the shape of this model in place of --shape")
    parser.add_argument("--tokenizer", required=True, type=Path, metavar="FILE.gguf", help="the model whose tokenizer is taken")
    parser.add_argument("--survey", required=True, type=Path, metavar="FILE.csv", help="global_opinions.csv of GlobalOpinionQA")
    parser.add_argument("--questions", type=int, default=200, metavar="N",
                        help="a random sample of so many, always the same (default: %(default)s)")
    parser.add_argument("--conditions", nargs="+", choices=CONDITIONS, default=list(CONDITIONS), help="default: all")
    parser.add_argument("--batch-tokens", nargs="+", type=int, default=[8192, 16384, 32768], metavar="N",
                        help="the most tokens of a batch, padding included; each is measured (default: 8192 16384 32768)")
    parser.add_argument("--seconds", type=float, default=float("inf"), metavar="S",
                        help="stop each measurement after so many (default: never)")
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="also write everything measured into this file")
    arguments = parser.parse_args()
    if arguments.questions < 1 or min(arguments.batch_tokens) < 1:
        parser.error("--questions and --batch-tokens take 1 or more.")
    if not arguments.survey.is_file():
        parser.error(f"{arguments.survey} is no file. Give GlobalOpinionQA's global_opinions.csv.")
    if arguments.device == "cuda" and not torch.cuda.is_available():
        parser.error("torch finds no CUDA device. On a CPU, try --shape tiny --device cpu.")
    return arguments


def build_tokenizer(path, metadata):
    """SmolLM2's tokenizer, out of what the GGUF file says of it."""
    if metadata.get("tokenizer.ggml.pre") is None or metadata["tokenizer.ggml.pre"].value != "smollm":
        raise SystemExit(f"{path} has another tokenizer than SmolLM2's, which is the only one known here. Give a SmolLM2 model.")
    vocabulary = {token: number for number, token in enumerate(metadata["tokenizer.ggml.tokens"].value)}
    merges = [tuple(merge.split(" ")) for merge in metadata["tokenizer.ggml.merges"].value]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
    ])
    return tokenizer


def chosen_shape(arguments, vocabulary):
    if arguments.model_config:
        return shapes.with_layers(shapes.of_file(arguments.model_config), arguments.layers)
    return shapes.chosen(arguments, vocabulary)


def sample(survey, count):
    """A random sample of the survey's questions that can be asked, always the same for the same number."""
    asked = survey_prompts.questions(survey, None)
    return random.Random(SEED).sample(asked, min(count, len(asked)))


def build_model(shape, device):
    """The model with random weights, made on the device."""
    config = transformers.LlamaConfig(
        vocab_size=shape.vocabulary, hidden_size=shape.embedding, intermediate_size=shape.feed_forward, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, num_key_value_heads=shape.kv_heads, max_position_embeddings=shape.context,
        rms_norm_eps=shape.rms_epsilon, rope_parameters={"rope_type": "default", "rope_theta": shape.rope_theta},
        tie_word_embeddings=shape.tied, use_cache=False)
    with torch.device(device):
        model = transformers.AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16, attn_implementation="sdpa").to(device)
    with torch.no_grad():
        for weights in model.parameters():
            # Norms have one dimension and stay ones.
            if weights.dim() > 1:
                weights.normal_(0, 0.02)
    return model.eval()


def tokenise(tokenizer, asked, countries):
    """Every question for every country as tokens, and the seconds that tokenising took."""
    texts = [survey_prompts.build(row, question, options, range(len(options)), country).text
             for row, question, options in asked for country in countries]
    start = time.perf_counter()
    prompts = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
    return prompts, time.perf_counter() - start


def measured(model, labels, prompts, budget, arguments):
    """The figures of one measurement. A part of it is first computed unmeasured."""
    batches = [padded(batch, arguments.device) for batch in packed(prompts, budget)]
    largest = max(batches, key=lambda batch: batch.tokens.numel())
    random.Random(SEED).shuffle(batches)
    figures = {"batch_tokens": budget, "of_prompts": len(prompts)}
    try:
        answer(model, labels, [largest, batches[0]], arguments)
        done, seconds = answer(model, labels, batches, arguments)
    except torch.cuda.OutOfMemoryError:
        torch.cuda.empty_cache()
        return {**figures, "error": "out of memory"}
    computed, tokens = sum(batch.prompts for batch in done), sum(batch.real for batch in done)
    return {
        **figures, "prompts": computed, "tokens": tokens, "padded_tokens": sum(batch.tokens.numel() for batch in done),
        "batches": len(done), "seconds": seconds, "prompts_per_second": computed / seconds, "tokens_per_second": tokens / seconds,
    }


def packed(prompts, budget):
    """The prompts by length in batches of at most so many tokens, padding included; a longer prompt is a batch of its own."""
    batch = []
    for prompt in sorted(prompts, key=len, reverse=True):
        # The first is the longest, to which the others are padded.
        if batch and len(batch[0]) * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(prompt)
    yield batch


def padded(batch, device):
    width = max(map(len, batch))
    tokens = torch.tensor([prompt + [0] * (width - len(prompt)) for prompt in batch], device=device)
    last = torch.tensor([len(prompt) - 1 for prompt in batch], device=device)
    return Batch(tokens, last, sum(map(len, batch)))


@torch.inference_mode()
def answer(model, labels, batches, arguments):
    """Computes batches until the time is over, fetching answers one batch behind. Returns what was done, and the seconds."""
    done, waiting = [], None
    synchronize(arguments.device)
    start = time.perf_counter()
    for batch in batches:
        answers = label_probabilities(model, labels, batch)
        if waiting is not None:
            waiting.cpu()
        waiting = answers
        done.append(batch)
        if time.perf_counter() - start > arguments.seconds:
            break
    waiting.cpu()
    synchronize(arguments.device)
    return done, time.perf_counter() - start


def label_probabilities(model, labels, batch):
    """The logarithm of each letter's probability as each prompt's next token."""
    hidden = model.model(input_ids=batch.tokens, use_cache=False).last_hidden_state
    ends = hidden[torch.arange(batch.prompts, device=hidden.device), batch.last]
    return model.lm_head(ends).float().log_softmax(dim=-1)[:, labels]


def synchronize(device):
    if device == "cuda":
        torch.cuda.synchronize()


def with_questions(line, prompts_each):
    if "error" in line:
        return line
    questions = line["prompts"] / prompts_each
    return {"questions": round(questions, 1), **line, "questions_per_second": questions / line["seconds"]}


def sentence(line):
    head = f"{line['condition']}, {line['batch_tokens']} tokens a batch: "
    if "error" in line:
        return head + line["error"]
    return (f"{head}{line['prompts']} of {line['of_prompts']} prompts, {line['tokens']} tokens ({line['padded_tokens']} with padding) "
            f"in {line['seconds']:.2f} s: {line['questions_per_second']:.2f} questions/s, {line['prompts_per_second']:.1f} prompts/s, "
            f"{line['tokens_per_second']:.0f} tokens/s; tokenised in {line['tokenisation_seconds']:.2f} s")


def print_best(condition, lines):
    lines = [line for line in lines if line["condition"] == condition and "error" not in line]
    if lines:
        best = max(lines, key=lambda line: line["prompts_per_second"])
        print(f"best of {condition}: {best['questions_per_second']:.2f} questions/s with {best['batch_tokens']} tokens a batch")


def device_name(device):
    return torch.cuda.get_device_name() if device == "cuda" else "cpu"


if __name__ == "__main__":
    main()
