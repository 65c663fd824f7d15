"""Times scipy and numpy on the arrays of the benchmark program, which calls this; one thread.

Usage: jensen_shannon.py FOLDER K N, where FOLDER holds float32 files: p (K), q (K x N, option by option) and expected (N,
divergences in bits). Prints a line "name<TAB>nanoseconds per pair" for each way; fails if one disagrees with expected.
"""
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr

folder, options, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
p = np.fromfile(os.path.join(folder, "p"), np.float32)
q = np.fromfile(os.path.join(folder, "q"), np.float32).reshape(options, count)
expected = np.fromfile(os.path.join(folder, "expected"), np.float32)
assert len(p) == options and len(expected) == count


def scipy_loop(n):
    """One call for each pair, the way it is usually written; on the first pairs only, since it is slow."""
    rows = np.ascontiguousarray(q[:, :n].T)
    return lambda: np.array([jensenshannon(p, row, base=2) ** 2 for row in rows])


def scipy_vectorised():
    """rel_entr over all pairs at once, in double."""
    left, right = p.astype(float)[:, None], q.astype(float)

    def run():
        mean = (left + right) / 2
        return (rel_entr(left, mean).sum(0) + rel_entr(right, mean).sum(0)) / (2 * np.log(2))
    return run


def numpy_float32():
    """The form of the kernels, one logarithm for a pair and option, self terms computed once, buffers reused."""
    def self_terms(x):
        return (x * np.log2(np.maximum(2 * x, np.float32(1e-37)))).sum(0)
    term, terms = self_terms(p), self_terms(q)
    total, log = np.empty_like(q), np.empty_like(q)

    def run():
        np.add(p[:, None], q, out=total)
        np.maximum(total, np.float32(1e-37), out=log)
        np.log2(log, out=log)
        np.multiply(total, log, out=log)
        return np.clip((term + terms - log.sum(0)) / 2, 0, 1)
    return run


def best(run, least_seconds=1.0):
    times, start = [], time.perf_counter()
    while not times or time.perf_counter() - start < least_seconds:
        before = time.perf_counter()
        run()
        times.append(time.perf_counter() - before)
    return min(times)


few = min(count, 2000)
for name, run, pairs in [
        ("scipy jensenshannon, loop", scipy_loop(few), few),
        ("scipy rel_entr, vectorised", scipy_vectorised(), count),
        ("numpy float32, vectorised", numpy_float32(), count)]:
    error = np.abs(run() - expected[:pairs]).max()
    if not error < 1e-5:
        sys.exit(f"{name} disagrees by {error}")
    print(f"{name}\t{best(run) * 1e9 / pairs:.3f}")
