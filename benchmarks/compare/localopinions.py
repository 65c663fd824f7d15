"""Runs the localopinions command into a fresh results file and reads what it stored."""
import csv
import io
import json
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """answers: (row, country, option) to the probability renormalised over the labels; token_counts: (row, country) to tokens of its prompt; template_sha256: country to hash."""
    seconds: float
    preparation_seconds: float
    tokens: int
    unshared_tokens: int
    answers: dict
    token_counts: dict
    template_sha256: dict

    @property
    def answered_rows(self):
        return {row for row, _, _ in self.answers}


class LocalOpinions:
    def __init__(self, program, model, survey, limit, threads, folder):
        self._program = program
        self._run = ["run", "--model", model, "--survey", survey, "--limit", str(limit), "--threads", str(threads), "--device", "cpu", "--json"]
        self._file = folder / "run.duckdb"
        self.engine_build = None

    def run(self, *options):
        # Answers that are in the file already would not be computed again.
        self._file.unlink(missing_ok=True)
        facts = json.loads(self._call(*self._run, "--out", self._file, *options))["run"]
        self.engine_build = facts["engine_build"]
        answers = {}
        for row in self._query("select source_row, prompted_country, option_index, prob from answers_long"):
            key = int(row["source_row"]), row["prompted_country"], int(row["option_index"])
            if key in answers:
                raise RuntimeError(f"answers_long holds row {key[0]}, option {key[2]} twice: this script expects one answer for each question and country")
            answers[key] = float(row["prob"])
        counts = {(int(row["source_row"]), row["prompted_country"]): int(row["token_count"]) for row in self._query("select source_row, prompted_country, token_count from answers join runs using (run_id)")}
        sha256 = {row["prompted_country"]: row["template_sha256"] for row in self._query("select prompted_country, template_sha256 from runs")}
        return Run(facts["seconds"], facts["preparation_seconds"], facts["tokens"], facts.get("unshared_tokens", facts["tokens"]), answers, counts, sha256)

    def _query(self, sql):
        return csv.DictReader(io.StringIO(self._call("sql", self._file, sql, "--csv")))

    def _call(self, *arguments):
        done = subprocess.run([self._program, *arguments], stdout=subprocess.PIPE, encoding="utf-8")
        if done.returncode != 0:
            raise RuntimeError(f"localopinions {arguments[0]} ended with {done.returncode}; its message is above")
        return done.stdout
