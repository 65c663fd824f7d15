# The source that the engine's prebuilt library was made of, for the scripts that build llama.cpp's own programs from it. Sourced, not run.

llama_package=node-llama-cpp@3.20.0
llama_integrity=sha512-KnET3ttADYLCobjMnMTLkWkLt87rPRDhNzTZgGOCt8m8yTmdQW2sfLNmulGBA9laFvcyRIMOsgQST8lunPmMgw==

# A name for what is built from it: another source has another.
llama_source_id() {
  printf '%s' "$llama_integrity" | sha256sum | cut -c 1-16
}

# Puts it into FOLDER/source, once its integrity is proven.
fetch_llama_source() {
  local folder=$1 tarball digest
  rm -rf "$folder/pack"
  mkdir -p "$folder/pack"
  (cd "$folder/pack" && npm pack --silent "$llama_package" >/dev/null)
  tarball=$(echo "$folder"/pack/*.tgz)
  digest=$(python3 -c 'import base64, hashlib, sys
print("sha512-" + base64.b64encode(hashlib.sha512(open(sys.argv[1], "rb").read()).digest()).decode())' "$tarball")
  if [[ $digest != "$llama_integrity" ]]; then
    echo "$llama_package: the integrity of the tarball is $digest, not $llama_integrity. Nothing was unpacked." >&2
    return 1
  fi
  tar -xzf "$tarball" -C "$folder/pack" package/llama/gitRelease.bundle
  git -c advice.detachedHead=false clone --quiet "$folder/pack/package/llama/gitRelease.bundle" "$folder/pack/source"
  mv "$folder/pack/source" "$folder/source"
  rm -rf "$folder/pack"
}
