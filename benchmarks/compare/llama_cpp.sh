#!/usr/bin/env bash
# Builds llama.cpp's own llama-server and llama-bench from the source that the engine's prebuilt library was made of, then hands all arguments
# to compare_llama_cpp.py; without arguments it only builds. What it builds is kept in artifacts/compare/.
# Needs npm, git, cmake, a C++ compiler and Python; Ninja is used if it is there. JOBS=2 limits the compiler processes.
set -euo pipefail

package=node-llama-cpp@3.20.0
integrity=sha512-KnET3ttADYLCobjMnMTLkWkLt87rPRDhNzTZgGOCt8m8yTmdQW2sfLNmulGBA9laFvcyRIMOsgQST8lunPmMgw==

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$(cd "$here/../.." && pwd)/artifacts/compare/$package
bin=$cache/build/bin

fetch() {
  local tarball digest
  rm -rf "$cache/pack"
  mkdir -p "$cache/pack"
  (cd "$cache/pack" && npm pack --silent "$package" >/dev/null)
  tarball=$(echo "$cache"/pack/*.tgz)
  digest=$(python3 -c 'import base64, hashlib, sys
print("sha512-" + base64.b64encode(hashlib.sha512(open(sys.argv[1], "rb").read()).digest()).decode())' "$tarball")
  if [[ $digest != "$integrity" ]]; then
    echo "$package: the integrity of the tarball is $digest, not $integrity. Nothing was unpacked." >&2
    exit 1
  fi
  tar -xzf "$tarball" -C "$cache/pack" package/llama/gitRelease.bundle
  git -c advice.detachedHead=false clone --quiet "$cache/pack/package/llama/gitRelease.bundle" "$cache/pack/source"
  mv "$cache/pack/source" "$cache/source"
  rm -rf "$cache/pack"
}

build() {
  local generator=()
  if command -v ninja >/dev/null; then generator=(-G Ninja); fi
  # Nothing here may reach the network: without LLAMA_USE_PREBUILT_UI=OFF the build would download the server's web page.
  cmake "${generator[@]}" -S "$cache/source" -B "$cache/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=ON \
    -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF &&
    cmake --build "$cache/build" --target llama-server llama-bench -j "${JOBS:-$(getconf _NPROCESSORS_ONLN)}"
}

if [[ ! -d $cache/source ]]; then
  echo "Fetching llama.cpp's source ($package) ..." >&2
  fetch
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
