#!/usr/bin/env python3
"""Runs a command while all but so many GB of a GPU's memory are taken.

    benchmarks/gpu/fill_memory.py 1.5 localopinions run -m model.gguf -s sample --device cuda

Exits as the command does. Needs torch.
"""
import subprocess
import sys

import torch


def main():
    if len(sys.argv) < 3 or not torch.cuda.is_available():
        raise SystemExit("usage: fill_memory.py GB COMMAND...     on a machine with a CUDA device that torch finds")
    left = float(sys.argv[1]) * 1e9
    free, _ = torch.cuda.mem_get_info()
    taken = torch.empty(max(0, int(free - left)), dtype=torch.uint8, device="cuda")
    status = subprocess.run(sys.argv[2:], check=False).returncode
    del taken
    raise SystemExit(status)


main()
