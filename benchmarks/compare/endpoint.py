#!/usr/bin/env python3
"""How fast localopinions run --endpoint asks a llama-server, as a share of what the comparison's own client reaches, and what a far network costs.

Standard library only, Python 3.10 or newer. build/llama-server.sh prints the path of the server.
"""
import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import survey_prompts
from llama_server import Server
from slow_proxy import SlowProxy


def asked_by_client(arguments, groups):
    with Server(arguments.server, arguments.model, arguments.threads, arguments.slots, arguments.longest) as server:
        replies = server.ask(groups, 100)
    return len(replies.probabilities), replies.seconds


def asked_by_tool(arguments, seconds, in_flight):
    """Answers and seconds from the first prompt tokenised to the last row stored."""
    with Server(arguments.server, arguments.model, arguments.threads, arguments.slots, arguments.longest) as server, \
            SlowProxy(server.port, seconds or 0.0) as proxy, tempfile.TemporaryDirectory(prefix="localopinions-endpoint-") as folder:
        port = proxy.port if seconds is not None else server.port
        options = ["--in-flight", str(in_flight)] if in_flight else []
        run = subprocess.run(
            [arguments.tool, "run", "--endpoint", f"http://127.0.0.1:{port}", "--model", Path(arguments.model).name.removesuffix(".gguf"), "--survey", arguments.survey,
             "--limit", str(arguments.questions), "--orders", "cyclic" if arguments.cyclic else "faithful", "--out", Path(folder) / "run.duckdb", "--json", *options],
            check=True, stdout=subprocess.PIPE, encoding="utf-8")
    facts = json.loads(run.stdout)["run"]
    return facts["answered"], facts["seconds"] + facts["preparation_seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True, help="llama-server; build/llama-server.sh prints its path")
    parser.add_argument("--tool", type=Path, required=True, help="the built localopinions")
    parser.add_argument("--model", type=Path, required=True, help="a GGUF file")
    parser.add_argument("--survey", type=Path, required=True, help="a survey (CSV)")
    parser.add_argument("--questions", type=int, default=100, help="ask the survey's first N questions")
    parser.add_argument("--cyclic", action="store_true", help="ask each question in its cyclic orders")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slots", type=int, default=8)
    parser.add_argument("--longest", type=int, default=1024, help="tokens of context for each slot")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--latency", type=float, default=0.2, help="seconds that the far network adds to each request")
    arguments = parser.parse_args()
    # An orderly end for SIGTERM: the server is stopped and temporary files are removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    asked = survey_prompts.questions(arguments.survey, arguments.questions)
    groups = survey_prompts.in_cyclic_orders(asked) if arguments.cyclic else survey_prompts.in_survey_order(asked)
    ways = {
        "client": lambda: asked_by_client(arguments, groups),
        "run --endpoint": lambda: asked_by_tool(arguments, None, None),
        "run --endpoint --in-flight 64, through a proxy": lambda: asked_by_tool(arguments, 0.0, 64),
        f"the same, {arguments.latency * 1000:.0f} ms later each": lambda: asked_by_tool(arguments, arguments.latency, 64),
    }
    rates = {way: [] for way in ways}
    for number in range(arguments.rounds):
        # There and back again, so that a machine that grows warm or busy favours nobody.
        for way in list(ways) if number % 2 == 0 else reversed(list(ways)):
            started = time.monotonic()
            answers, seconds = ways[way]()
            rates[way].append(answers / seconds)
            print(f"  {way}: {answers} answers in {seconds:.2f} s (all in all {time.monotonic() - started:.1f} s)", file=sys.stderr)
    client, endpoint, near, far = ([*rates.values()])
    print("| way | answers/s, median | of | in each round |\n|---|---|---|---|")
    for way, base in zip(rates, [client, client, near, near]):
        ratios = [mine / theirs for mine, theirs in zip(rates[way], base)]
        print(f"| {way} | {statistics.median(rates[way]):.1f} | {statistics.median(ratios):.2f} | {', '.join(f'{r:.2f}' for r in ratios)} |")


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
