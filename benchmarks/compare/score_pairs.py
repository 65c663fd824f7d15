"""Times the divergences of the benchmark program's pairs in Python, the rows being fetched already; one thread.

Usage: score_pairs.py FILE, where FILE holds a JSON object with the lists "probs" and "probabilities" on each line.
Prints a line "name<TAB>pairs per second" for each way.
"""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from scipy.spatial.distance import jensenshannon

with open(sys.argv[1], encoding="utf-8") as file:
    pairs = [(row["probs"], row["probabilities"]) for row in map(json.loads, file)]

start = time.perf_counter()
divergences = [jensenshannon(p, q, base=2) ** 2 for p, q in pairs]
seconds = time.perf_counter() - start
assert len(divergences) == len(pairs) > 0 and all(-1e-9 <= d <= 1 + 1e-9 for d in divergences if d == d)
print(f"`scipy.spatial.distance.jensenshannon` in a loop over fetched rows, 1 model\t{len(pairs) / seconds}")
