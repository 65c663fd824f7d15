"""Compares localopinions with llama.cpp's own programs: the same prompts, the same machine, one session.

Standard library only, Python 3.10 or newer. llama_cpp.sh builds llama.cpp and calls this.
"""
import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import comparison_page as page
import survey_prompts
from llama_server import Server
from localopinions import LocalOpinions


@dataclass
class Way:
    """One way to get the work done, and what each round gave. asked: the prompts' tokens, decoded: those that were computed."""
    name: str
    measure: object
    seconds: list = field(default_factory=list)
    asked: int = 0
    decoded: int = 0
    repeated: int | None = None
    answers: dict | None = None

    def run(self):
        seconds, self.asked, self.decoded, self.repeated, self.answers = self.measure()
        self.seconds.append(seconds)
        print(f"  {self.name}: {seconds:.2f} s, {self.asked} tokens asked, {self.decoded} decoded", file=sys.stderr)


def bench_way(arguments, tokens, length):
    """llama-bench decodes one text of this length again and again; the seconds are what all prompts' tokens would take at that rate."""
    def measure():
        output = subprocess.run(
            [arguments.llama_bin / "llama-bench", "-m", arguments.model, "-t", str(arguments.threads), "-p", str(length), "-n", "0", "-r", "3", "-o", "json"],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        return tokens / json.loads(output)[0]["avg_ts"], tokens, tokens, None, None
    return Way(f"llama-bench, pp{length}", measure)


def server_way(arguments, groups, longest, slots):
    def measure():
        with Server(arguments.llama_bin / "llama-server", arguments.model, arguments.threads, slots, longest) as server:
            replies = server.ask(groups, arguments.n_probs)
        return replies.seconds, replies.asked, replies.decoded, replies.repeated, answers(groups, replies.probabilities)
    return Way(f"llama-server, {slots} slot{'s' if slots > 1 else ''}", measure)


def answers(groups, probabilities):
    """Renormalised over the labels, averaged over a question's orders: (row, country, option) to probability."""
    result = {}
    for group in groups:
        orders = Counter(prompt.country for prompt in group)
        for number, prompt in enumerate(group):
            of_labels = probabilities[prompt.row, number]
            for option, probability in zip(prompt.options, of_labels):
                key = prompt.row, prompt.country, option
                result[key] = result.get(key, 0.0) + probability / sum(of_labels) / orders[prompt.country]
    return result


def tool_way(tool, name, options):
    def measure():
        run = tool.run(*options)
        # A server tokenises while it answers, so the tool's own tokenising counts too.
        return run.seconds + run.preparation_seconds, run.unshared_tokens, run.tokens, None, run.answers
    return Way(f"localopinions run{name}", measure)


def prove_same_prompts(arguments, tool, groups, options):
    """The wording is localopinions' own and every prompt has as many tokens as it counted; returns all tokens and the longest prompt's."""
    run = tool.run(*options)
    wordings = {prompt.country: survey_prompts.sha256(prompt.country) for prompt in groups[0]}
    if run.template_sha256 != wordings:
        sys.exit(f"Not the same wording: localopinions used {run.template_sha256}, the script has {wordings}.")
    with Server(arguments.llama_bin / "llama-server", arguments.model, arguments.threads, 1, 256) as server:
        client = server.client()
        counts = [(p.row, p.country, client.token_count(p.text)) for group in groups for p in group]
        client.close()
    total = sum(count for _, _, count in counts)
    if run.answered_rows != {row for row, _, _ in counts}:
        sys.exit(f"Not the same questions: localopinions answered {len(run.answered_rows)}, the script asks {len(groups)}.")
    if total != run.unshared_tokens:
        sys.exit(f"Not the same prompts: localopinions counted {run.unshared_tokens} tokens, llama-server counts {total}.")
    # The orders of a question may differ in length, and only one of their lengths is known here.
    differ = {row for row, country, _ in counts} - {row for row, country, count in counts if run.token_counts[row, country] == count}
    if differ:
        sys.exit(f"Not the same prompts: the token counts of rows {sorted(differ)[:10]} differ.")
    return total, max(count for _, _, count in counts)


def measure_all(ways, rounds):
    for number in range(rounds):
        print(f"Round {number + 1} of {rounds}", file=sys.stderr)
        # There and back again, so that a machine that grows warm or busy favours nobody.
        for way in ways if number % 2 == 0 else reversed(ways):
            way.run()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--llama-bin", type=Path, required=True, help="folder of llama-server and llama-bench; llama_cpp.sh gives it")
    parser.add_argument("--tool", type=Path, required=True, help="the built localopinions")
    parser.add_argument("--model", type=Path, required=True, help="a GGUF file")
    parser.add_argument("--survey", type=Path, required=True, help="a survey (CSV)")
    parser.add_argument("--questions", type=int, default=100, help="ask the survey's first N questions")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--slots", type=int, nargs="+", default=[1, 4, 8], help="llama-server's slots: how many requests at a time")
    parser.add_argument("--n-probs", type=int, default=100, help="how many of the most probable tokens llama-server shall name")
    parser.add_argument("--exact", action="store_true", help="compare all answers with localopinions run --exact, too")
    parser.add_argument("--orders", action="store_true", help="also ask each question in its cyclic orders (localopinions run --orders cyclic)")
    parser.add_argument("--countries", action="store_true", help="also ask each question for eight countries (localopinions run --template shareable --country ...)")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/<processor>/llama-cpp.md")
    arguments = parser.parse_args()
    # An orderly end for SIGTERM: the server is stopped and temporary files are removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    asked = survey_prompts.questions(arguments.survey, arguments.questions)
    with tempfile.TemporaryDirectory(prefix="localopinions-compare-") as folder:
        tool = LocalOpinions(arguments.tool, arguments.model, arguments.survey, arguments.questions, arguments.threads, Path(folder))
        works = [("Each question once", "", survey_prompts.in_survey_order(asked), [])]
        if arguments.orders:
            works.append(("Each question in its cyclic orders: K prompts for K options", " --orders cyclic", survey_prompts.in_cyclic_orders(asked), ["--orders", "cyclic"]))
        if arguments.countries:
            works.append((
                "Each question for eight countries, named in its last words", " --template shareable, 8 countries", survey_prompts.in_countries(asked),
                ["--template", "shareable", "--country", *survey_prompts.COUNTRIES]))
        # All proofs before anything is measured.
        proofs = [prove_same_prompts(arguments, tool, groups, options) for _, _, groups, options in works]
        tables = [(title, *compare(arguments, tool, name, groups, options, *proof)) for (title, name, groups, options), proof in zip(works, proofs)]
        text = page.build(arguments, tool.engine_build, len(asked), tables)
    print(text, end="")
    if arguments.write:
        print(f"Written: {page.write(text)}", file=sys.stderr)


def compare(arguments, tool, name, groups, options, tokens, longest):
    """Measures one kind of work; returns the ways, localopinions first, and the answers of --exact if they are wanted."""
    ways = [tool_way(tool, name, options), *(server_way(arguments, groups, longest, slots) for slots in arguments.slots)]
    if not options:
        ways += [bench_way(arguments, tokens, length) for length in (512, 128)]
    measure_all(ways, arguments.rounds)
    for way in ways:
        if way.asked != tokens:
            sys.exit(f"Not the same prompts: {way.name} read {way.asked} tokens, not {tokens}.")
    exact = tool.run("--exact", *options).answers if arguments.exact else None
    return ways, exact


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(str(error))
