"""Fits the coefficients of src/Scoring.Simd/Kernels/Log2.cs. Needs numpy and scipy (Debian: python3-scipy).

log2(1 + f) for f from -1/3 to 1/3 as f*P(f): minimises the largest weighted error, the weight being the largest s = p + q
up to 2 that has this f. Each coefficient is rounded to float before those after it are fitted again.
"""
import numpy as np
from scipy.optimize import linprog

DEGREE = 8
SCALE = 1e8  # the error's unit, so that the solver's tolerance is far below it

f = np.cos(np.linspace(0, np.pi, 4001)) / 3
weight = np.where(f <= 0, 2 * (1 + f), 1 + f)
truth = np.log2(1 + f)


def fit(fixed):
    rest = truth - sum(c * f ** (i + 1) for i, c in enumerate(fixed))
    powers = np.stack([f ** (i + 1) for i in range(len(fixed), DEGREE)], 1) * weight[:, None]
    error = np.full((len(f), 1), -1 / SCALE)
    result = linprog(
        np.r_[np.zeros(DEGREE - len(fixed)), 1],
        A_ub=np.block([[powers, error], [-powers, error]]),
        b_ub=np.concatenate([rest * weight, -rest * weight]),
        bounds=[(None, None)] * (DEGREE - len(fixed)) + [(0, None)],
        method="highs-ds",
        options=dict(primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10))
    return result.x[0]


coefficients = []
for _ in range(DEGREE):
    coefficients.append(float(np.float32(fit(coefficients))))
errors = sum(c * f ** (i + 1) for i, c in enumerate(coefficients)) - truth
for i, c in enumerate(coefficients):
    print(f"C{i} = {np.float32(c)!r}f")
print(f"largest error {abs(errors).max():.2e}, weighted {(weight * abs(errors)).max():.2e}")
