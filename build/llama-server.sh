#!/usr/bin/env bash
# Prints the path of llama.cpp's own server, which the tests of endpoints talk to; builds it if it is not there. What is built is kept by the
# hash of the source, in artifacts/llama-server/ or in the folder that LOCALOPINIONS_LLAMA_SERVERS names.
# Needs npm, git, cmake, a C++ compiler and some minutes; Ninja is used if it is there. JOBS=2 limits the compiler processes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../benchmarks/compare/llama_source.sh
source "$root/benchmarks/compare/llama_source.sh"

kept=${LOCALOPINIONS_LLAMA_SERVERS:-$root/artifacts/llama-server}/$(llama_source_id)
server=$kept/llama-server

build() {
  local generator=()
  if command -v ninja >/dev/null; then generator=(-G Ninja); fi
  # For any processor of the last ten years, as the folder may be kept from one machine to the next. Nothing may reach the network meanwhile.
  cmake "${generator[@]}" -S "$kept/source" -B "$kept/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=OFF \
    -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF &&
    nice cmake --build "$kept/build" --target llama-server -j "${JOBS:-$(getconf _NPROCESSORS_ONLN)}"
}

if [[ ! -x $server ]]; then
  mkdir -p "$kept"
  if [[ ! -d $kept/source ]]; then
    echo "Fetching llama.cpp's source ..." >&2
    fetch_llama_source "$kept"
  fi
  echo "Building llama-server (some minutes; log: $kept/build.log) ..." >&2
  if ! build >"$kept/build.log" 2>&1; then
    tail -n 30 "$kept/build.log" >&2
    exit 1
  fi
  cp "$kept/build/bin/llama-server" "$server.new"
  mv "$server.new" "$server"
  rm -rf "$kept/build" "$kept/source"
fi
echo "$server"
