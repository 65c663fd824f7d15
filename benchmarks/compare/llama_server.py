"""A llama-server on 127.0.0.1, and what its client has to do to read label probabilities from it."""
import http.client
import json
import math
import os
import queue
import re
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field

START_SECONDS = 300
REQUEST_SECONDS = 600
CELLS_BESIDE_PROMPT = 8
# More than any vocabulary holds; the server gives what there is.
ALL_TOKENS = 1 << 24


@dataclass
class Replies:
    """What a pass over all prompts gave. probabilities: (row, order's number) to the labels' probabilities under the full vocabulary."""
    probabilities: dict = field(default_factory=dict)
    seconds: float = 0.0
    asked: int = 0
    decoded: int = 0
    repeated: int = 0


class Server:
    """Runs while the with block does. Every slot has a cache of its own with room for the longest prompt, as is the server's default."""

    def __init__(self, program, model, threads, slots, longest):
        context = slots * (-(-(longest + CELLS_BESIDE_PROMPT) // 256) * 256)
        # Without --cache-ram 0 the server copies finished prompts to a second cache, which costs time and never helps here.
        self._command = [
            program, "--model", model, "--host", "127.0.0.1", "--port", "0", "--offline", "--threads", str(threads), "--threads-batch", str(threads),
            "--parallel", str(slots), "--ctx-size", str(context), "--cache-ram", "0"]
        self.slots = slots

    def __enter__(self):
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT)
        try:
            self.port = self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def _wait(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            log = os.pread(self._log.fileno(), 1 << 24, 0).decode("utf-8", "replace")
            if self._process.poll() is not None:
                raise RuntimeError(f"llama-server ended with {self._process.returncode}:\n{log[-3000:]}")
            address = re.search(r"listening on http://127\.0\.0\.1:(\d+)", log)
            if address and self._healthy(int(address[1])):
                return int(address[1])
            time.sleep(0.05)
        raise RuntimeError(f"llama-server was not ready within {START_SECONDS} s:\n{log[-3000:]}")

    def _healthy(self, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def client(self):
        return Client(self.port)

    def ask(self, groups, n_probs):
        """Asks all prompts: one connection for each slot, the prompts of a group one after the other in one slot, where they share a beginning."""
        replies, work, errors, lock = Replies(), queue.SimpleQueue(), [], threading.Lock()
        for group in groups:
            work.put(group)

        def worker(slot):
            client = self.client()
            try:
                while not errors:
                    for number, prompt in enumerate(work.get_nowait()):
                        client.ask(prompt, number, slot, n_probs, replies, lock)
            except queue.Empty:
                pass
            except Exception as e:
                errors.append(e)
            finally:
                client.close()

        threads = [threading.Thread(target=worker, args=(slot,), daemon=True) for slot in range(self.slots)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        replies.seconds = time.perf_counter() - start
        if errors:
            raise errors[0]
        return replies


class Client:
    """One connection, kept alive; the server closes it now and then, and http.client opens it again."""

    def __init__(self, port):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_SECONDS)

    def close(self):
        self._connection.close()

    def post(self, path, body):
        self._connection.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        text = response.read()
        if response.status != 200:
            raise RuntimeError(f"llama-server answers {path} with {response.status}: {text[:500]!r}")
        return json.loads(text)

    def token_count(self, text):
        # As localopinions tokenises: with the model's start token; what looks like a control token is text.
        return len(self.post("/tokenize", {"content": text, "add_special": True, "parse_special": False})["tokens"])

    def ask(self, prompt, number, slot, n_probs, replies, lock):
        reply, probabilities = self._read(prompt, slot, n_probs)
        evaluated, decoded, repeated = reply["tokens_evaluated"], reply["timings"]["prompt_n"], 0
        if 0.0 in probabilities:
            # A label was not among the most probable tokens. Only the whole vocabulary, some megabytes of JSON, surely holds it.
            reply, probabilities = self._read(prompt, slot, ALL_TOKENS)
            decoded += reply["timings"]["prompt_n"]
            repeated = 1
        if 0.0 in probabilities:
            raise RuntimeError(f"row {prompt.row}: no token of this model is a label of the prompt")
        with lock:
            replies.probabilities[prompt.row, number] = probabilities
            replies.asked += evaluated
            replies.decoded += decoded
            replies.repeated += repeated

    def _read(self, prompt, slot, n_probs):
        reply = self.post("/completion", {
            "prompt": prompt.text, "n_predict": 1, "n_probs": n_probs, "cache_prompt": True, "id_slot": slot, "temperature": 0,
            "response_fields": ["completion_probabilities", "tokens_evaluated", "timings"]})
        probabilities = dict.fromkeys(prompt.labels, 0.0)
        # The probabilities before sampling, under the full vocabulary. Several tokens may have the same text.
        for token in reply["completion_probabilities"][0]["top_logprobs"]:
            if token["token"] in probabilities:
                probabilities[token["token"]] += math.exp(token["logprob"])
        return reply, list(probabilities.values())
