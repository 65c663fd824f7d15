#!/usr/bin/env python3
"""Compares builds of localopinions with each other: runs the same bench with each in turns and prints every figure as a multiple of the first build's.

    benchmarks/compare/builds.py --build before=OLD/localopinions --build after=NEW/localopinions -- -m MODEL.gguf -s SURVEY.csv --questions 100
    benchmarks/compare/builds.py --build tuned=A/localopinions --build llamasharp=B/localopinions --rounds 5 -- -m MODEL.gguf --questions 8 --formats

What stands behind -- goes to "localopinions bench". A round runs every build once, each round in the opposite order of the one before; a ratio is taken within
its round, and the table shows the median (lowest to highest). Do it on a machine that does nothing else.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", action="append", required=True, metavar="NAME=PROGRAM", help="a build and what it is to be called; the first is 1.00")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="also keep everything that was measured, as JSON")
    parser.add_argument("bench", nargs="+", help="arguments of bench")
    arguments = parser.parse_args()
    builds = dict(b.split("=", 1) for b in arguments.build)
    if len(builds) < 2 or arguments.rounds < 1:
        parser.error("two builds of different names, and at least one round")

    rounds = []
    for number in range(arguments.rounds):
        order = list(builds) if number % 2 == 0 else list(reversed(builds))
        measured = {name: run(builds[name], arguments.bench) for name in order}
        rounds.append(measured)
        print(f"round {number + 1} of {arguments.rounds} done", file=sys.stderr)
        if arguments.keep:
            arguments.keep.write_text(json.dumps(rounds, indent=1))
    print(page(list(builds), rounds))


def run(program, bench):
    done = subprocess.run([program, "bench", *bench, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{program} bench ended with {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout)


def figures(bench):
    """Each figure by name; rates, where more is better, and costs, where less is."""
    rates = {rate["test"] + ", tokens/s": rate["median"] for rate in bench["prompt_rates"]}
    costs = {}
    for case in bench["conditions"]:
        name, outcome = case["condition"], case["run"]
        rates[f"{name}, answers/s"] = outcome["answers_per_second"]
        costs[f"{name}, peak memory"] = outcome["peak_memory_bytes"]
        costs[f"{name}, managed bytes per answer"] = outcome["allocated_bytes_per_answer"] or 0
    for weights in bench["formats"]:
        rates[f"{weights['format']}, tokens/s"] = weights["tokens_per_second"]
    return rates, costs


def page(names, rounds):
    first = rounds[0]
    lines = [f"{first[names[0]]['machine']}, {first[names[0]]['threads']} threads, {len(rounds)} rounds", ""]
    lines += [f"- {name}: {first[name]['engine_build']}" for name in names]
    for kind, title in ((0, "figure (more is better)"), (1, "figure (less is better)")):
        lines += ["", f"| {title} | " + " | ".join(names) + " |", "|--" * (len(names) + 1) + "|"]
        for figure in figures(first[names[0]])[kind]:
            lines.append(f"| {figure} | " + " | ".join(cell(names, name, figure, kind, rounds) for name in names) + " |")
    return "\n".join(lines)


def cell(names, name, figure, kind, rounds):
    values = [figures(measured[name])[kind][figure] for measured in rounds]
    if name == names[0]:
        return f"{median(values):,.0f}" if median(values) >= 100 else f"{median(values):,.2f}"
    firsts = [figures(measured[names[0]])[kind][figure] for measured in rounds]
    # Garbage is counted from the first commit on: a bench of few questions has none.
    if 0 in firsts:
        return "–"
    ratios = [value / first for value, first in zip(values, firsts)]
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    main()
