#!/usr/bin/env bash
# Packs the GPU proof for a machine without network, .NET or Node: the bundled model, the tiny reference models and a survey, and the program
# with its CUDA natives, in pieces of at most 50 MB with their SHA-256, in artifacts/gpu/pieces.
#
#   benchmarks/gpu/pack.sh [SURVEY.csv]      default: the embedded sample survey of 24 questions
#
#   PTX=9.0 ARCH=90   make the natives run under a driver that is older than their CUDA (lower_ptx.py)
#
# Carry the pieces and benchmarks/ there, and run: benchmarks/gpu/run.sh PIECES RESULTS
set -euo pipefail
survey=${1:+$(realpath "$1")}
cd "$(dirname "$0")/../.."
gpu=${GPU_BUILD-cuda}
out=artifacts/gpu
rm -rf "$out/proof" "$out/pieces"
mkdir -p "$out/proof/models" "$out/pieces"
for project in src/Runner benchmarks/gpu/References; do
  dotnet publish "$project" -c Release -r linux-x64 --self-contained ${gpu:+-p:Gpu=$gpu} --artifacts-path "$out/build" -o "$out/proof/program" -v quiet
done
rm -f "$out"/proof/program/*.pdb
cp models/SmolLM2-135M-Instruct.Q4_1.gguf "$out/proof/models/"
cp -r tests/Fixtures/tiny "$out/proof/models/tiny"
[ -z "$survey" ] || cp "$survey" "$out/proof/models/survey.csv"
if [ -n "${PTX:-}" ]; then
  cuda=$out/proof/program/runtimes/linux-x64/native/cuda/libggml-cuda.so
  python3 benchmarks/gpu/lower_ptx.py "$cuda" "$out/lowered.so" --arch "$ARCH" --version "$PTX"
  mv "$out/lowered.so" "$cuda"
fi
# The model first: what is made of it can be made while the rest travels.
tar -C "$out/proof" -c models | xz -T2 -0 | split -b 50000000 -d - "$out/pieces/1-models."
tar -C "$out/proof" -c program | xz -T2 -6 | split -b 50000000 -d - "$out/pieces/2-program."
(cd "$out/pieces" && sha256sum ?-* >SHA256SUMS)
du -h "$out"/pieces/*
