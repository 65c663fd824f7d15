"""The Markdown page of compare_llama_cpp.py's results."""
import os
import platform
import re
from pathlib import Path
from statistics import mean, median


def build(arguments, engine_build, questions, tables):
    exact = " --exact" if arguments.exact else ""
    more = "".join(f" --{name}" for name in ("orders", "countries") if getattr(arguments, name))
    sections = "\n".join(f"## {title}\n\n{table(ways, exact)}" for title, ways, exact in tables)
    return f"""# localopinions and llama.cpp's own programs

    benchmarks/compare/llama_cpp.sh --tool artifacts/bin/Runner/release/localopinions --model {arguments.model.name} \\
      --survey {arguments.survey.name} --questions {arguments.questions} --rounds {arguments.rounds} --threads {arguments.threads} \\
      --slots {" ".join(map(str, arguments.slots))} --n-probs {arguments.n_probs}{exact}{more} --write

- processor: {processor()}, {os.cpu_count()} logical processors, {arguments.threads} threads for every program
- localopinions: {engine_build}; llama-server and llama-bench: built here from the same release for this processor
- model: {arguments.model.stem}; {questions} questions of {arguments.survey.stem}, {tables[0][1][0].asked:,} prompt tokens

One session, {arguments.rounds} round{"s" if arguments.rounds > 1 else ""} in alternating order; each round's ratio is taken within that round, and the table shows the median (lowest to highest).
Speed is the work done in a second, localopinions = 1.00. Loading is never counted. localopinions: tokenising, decoding and storing. llama-server: one
request for each prompt over kept-alive connections, one connection for each slot, prompts cached. llama-bench: the same number of tokens at its rate for
one text of that length; it reads no answers. Before the first round the wording was proven to be
localopinions' own, and the prompts to have the token counts that it stored.

{sections}
"Decoded" counts the tokens that were computed, the others came from a cache. "Asked again" counts requests in which a label was not among the
{arguments.n_probs} most probable tokens, so that all tokens' probabilities had to be sent. "Difference" is that of options' probabilities, renormalised over the
labels, from those of localopinions: mean (largest). Shapes of batches round differently; see docs/engine.md, Accuracy.

llama-server's client builds the prompts, asks for the most probable tokens (`n_probs`), matches their texts with the labels, asks again for what is
missing, renormalises and stores. It gets single precision. It can have exactly the labels in one request (`logit_bias` with a `top_k` of as many and
`post_sampling_probs`), but then not how much probability is outside them. A prompt sent as text may hold control tokens.
"""


def table(ways, exact):
    baseline = ways[0]
    lines = ["| way | speed | decoded / asked | asked again | difference |" + (" to --exact |" if exact else ""), "|--|--|--|--|--|" + ("--|" if exact else "")]
    for way in ways:
        ratios = [b / s for b, s in zip(baseline.seconds, way.seconds)]
        again = "" if way.repeated is None else str(way.repeated)
        cells = [way.name, spread(ratios), f"{way.decoded / way.asked:.2f}", again, "" if way is baseline else difference(way.answers, baseline.answers)]
        if exact:
            cells.append(difference(way.answers, exact))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def spread(ratios):
    middle, low, high = (f"{ratio:.2f}" for ratio in (median(ratios), min(ratios), max(ratios)))
    return middle if low == high else f"{middle} ({low} to {high})"


def difference(left, right):
    if left is None:
        return ""
    if left.keys() != right.keys():
        raise RuntimeError("not the same questions and options were answered")
    differences = [abs(left[key] - right[key]) for key in left]
    return f"{mean(differences):.4f} ({max(differences):.4f})"


def write(text):
    root = Path(__file__).resolve().parents[2]
    # The folder's name is made as in benchmarks/Results.cs.
    path = root / "benchmarks" / "results" / re.sub(r"[^A-Za-z0-9.]+", "-", processor()).strip("-") / "llama-cpp.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.relative_to(root)


# As in benchmarks/Results.cs.
def processor():
    info = Path("/proc/cpuinfo")
    first = info.read_text(encoding="utf-8").split("\n\n")[0].splitlines() if info.exists() else []
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in first)}
    if {"model name", "cpu family", "model"} <= facts.keys():
        return f"{facts['model name']} (family {facts['cpu family']}, model {facts['model']})"
    return os.environ.get("PROCESSOR_IDENTIFIER") or platform.machine()
