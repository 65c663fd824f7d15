#!/usr/bin/env bash
# Runs the GPU proof that pack.sh packed: the most valuable steps first, each bounded in time, with the results after every step.
#
#   benchmarks/gpu/run.sh PIECES RESULTS [STEP...]
#
#   DEVICE=cuda   cuda, vulkan or cpu (to rehearse)
#   QUESTIONS=0   at most so many questions in benchmarks; 0: all
#   LARGE=llama-3-8b   the shape of the large model with random weights
# Steps, in the order in which they are named: doctor warm references large_f16 transformers large_types resume workers failures agree arithmetic bench
# large_shapes bench_shapes large texts. transformers and failures need Python with torch, transformers also that.
# "large-files [f16]" only makes the files of the large model, as soon as the pieces of 1-models are there.
set -uo pipefail
pieces=$(realpath "$1") && mkdir -p "$2" && results=$(realpath "$2") && shift 2
here=$(cd "$(dirname "$0")" && pwd)
device=${DEVICE:-cuda}
large=${LARGE:-llama-3-8b}
work=${WORK:-/tmp/localopinions-gpu}
export TMPDIR=$work/tmp CUDA_CACHE_PATH=$work/cuda-cache CUDA_CACHE_MAXSIZE=4294967296
mkdir -p "$TMPDIR" "$CUDA_CACHE_PATH"
page=$results/page.md
log=$results/log.txt
began=$SECONDS

unpack() {
  [ ! -e "$work/.unpacked-$1" ] || return 0
  (cd "$pieces" && grep " $1" SHA256SUMS | sha256sum --quiet -c) || { echo "A piece is missing or damaged: carry it again." >&2; exit 1; }
  cat "$pieces/$1".* | tar -xJ -C "$work" && touch "$work/.unpacked-$1" || exit 1
}
unpack 1-models
program=$work/program
model=$work/models/SmolLM2-135M-Instruct.Q4_1.gguf
survey=$work/models/survey.csv
[ -e "$survey" ] || survey=sample

large_file() {
  local file=$work/$large.$1.gguf
  while [ -e "$file.part" ]; do sleep 1; done
  if [ ! -e "$file" ]; then
    python3 "$here/random_model.py" --shape "$large" --type "$1" --tokenizer "$model" -o "$file.part" >&2 && mv "$file.part" "$file"
  fi
  echo "$file"
}

# While the program's pieces travel.
if [ "${1:-}" = large-files ]; then
  large_file q8_0
  [ "$#" = 1 ] || large_file "$2"
  exit
fi
unpack 2-program

# CUDA's run-time libraries: the system's, or those in a Python environment's nvidia packages.
if [ "$device" = cuda ]; then
  folders=$(python3 - 2>/dev/null <<'PY'
import glob, os, sys
folders = {os.path.dirname(f) for p in sys.path for f in glob.glob(os.path.join(p, "nvidia", "**", "lib*.so.13"), recursive=True)}
print(":".join(sorted(folders)))
PY
)
  for folder in /usr/local/cuda/lib64 /usr/local/nvidia/lib64; do
    [ ! -d "$folder" ] || folders=$folders:$folder
  done
  export LD_LIBRARY_PATH=${folders#:}${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi

localopinions() { "$program/localopinions" "$@"; }
counted() { [ "${QUESTIONS:-0}" = 0 ] && echo "${1:-100000}" || echo "$QUESTIONS"; }
limited() { [ "${QUESTIONS:-0}" = 0 ] && echo "$1" || echo "--limit $QUESTIONS"; }

# A step: its name, the seconds it may take, its command; its output goes onto the page, its errors into the log.
step() {
  local name=$1 limit=$2 start=$SECONDS status=0 text=$TMPDIR/step.txt
  echo "== $name" >>"$log"
  (set -e; "$name") >"$text" 2>>"$log" & local pid=$!
  (sleep "$limit"; pkill -KILL -P $pid; kill -KILL $pid) 2>/dev/null & local watch=$!
  wait $pid || status=$?
  pkill -P $watch; kill $watch 2>/dev/null; wait $watch 2>/dev/null
  { echo "## $name: $([ $status = 0 ] && echo done || echo "failed ($status)"), $((SECONDS - start)) s"; echo; cat "$text"; echo; } >>"$page"
  echo "$name $([ $status = 0 ] && echo done || echo "FAILED ($status)") in $((SECONDS - start)) s (limit $limit)" | tee -a "$results/steps.txt"
  [ $status = 0 ] || tail -n 12 "$log"
}

doctor() {
  [ "$device" != cuda ] || nvidia-smi --query-gpu=name,memory.total,driver_version,clocks.max.sm --format=csv
  localopinions doctor --device "$device"
}

references() {
  "$program/references" "$work/models/tiny" "$device"
}

# The bundled model on the first 300 questions: on the device and exactly on it, against exactly on the CPU.
agree() {
  local file=$TMPDIR/agree.duckdb limit
  limit=$(limited "--limit 300")
  rm -f "$file"
  localopinions run -m "$model" -s "$survey" -o "$file" $limit --device cpu --exact >/dev/null
  localopinions run -m "$model" -s "$survey" -o "$file" $limit --device "$device" --exact >/dev/null
  localopinions run -m "$model" -s "$survey" -o "$file" $limit --device "$device" --ubatch 1024
  localopinions sql "$file" "
    select b.run_id, r.device, r.plan, count(*) as options, avg(abs(a.log_prob - b.log_prob)) as log_prob_mean, max(abs(a.log_prob - b.log_prob)) as log_prob_max,
      avg(abs(a.prob - b.prob)) as prob_mean, max(abs(a.prob - b.prob)) as prob_max
    from answers_long a join answers_long b using (source_row, option_index) join runs r on r.run_id = b.run_id
    where a.run_id = 1 and b.run_id > 1 group by all order by all"
  localopinions sql "$file" "
    select b.run_id, count(*) as pairs, avg(abs(a.similarity_bits - b.similarity_bits)) as similarity_mean, max(abs(a.similarity_bits - b.similarity_bits)) as similarity_max
    from similarities_long a join similarities_long b using (source_row, country_id) where a.run_id = 1 and b.run_id > 1 group by all order by all"
}

# What cache, flash attention, packing and rounding are worth on this device, each by itself.
arithmetic() {
  localopinions verify -m "$model" -s "$survey" --device "$device" --questions "$(counted 150)"
}

measured() {
  localopinions bench -s "$survey" --device "$device" "$@" | grep -E "^(#|\||    local)|threads"
}

# Compiles what the others need, for a card without machine code in the library: in several processes, since the driver compiles in one thread.
warm() {
  references &
  warmed "$model" "" &
  warmed "$model" "--country published --template shareable" &
  local f16; f16=$(large_file f16)
  warmed "$f16" "" &
  warmed "$f16" "--country published --template shareable" &
  warmed "$f16" "--orders cyclic" &
  measured -m "$f16" --questions 16 --conditions default >/dev/null &
  wait
}

# As many questions as fill decodes of every size: kernels differ by it.
warmed() {
  local questions=800; [ -z "$2" ] || questions=120
  localopinions run -m "$1" -s "$survey" -o "$(mktemp -u).duckdb" --device "$device" --limit "$(counted $questions)" $2 >/dev/null
}

bench() {
  measured -m "$model" --questions "$(counted 2500)" --conditions default cyclic shareable-8 shareable-55
}

bench_shapes() {
  measured -m "$model" --questions "$(counted 2500)" --conditions default shareable-55 --ubatch 1024
  measured -m "$model" --questions "$(counted 2500)" --conditions default --contexts 1
  measured -m "$model" --questions "$(counted 2500)" --conditions default --contexts 3
}

large_f16() {
  measured -m "$(large_file f16)" --questions "$(counted 800)" --conditions default shareable-8 shareable-55
}

# What cuBLAS multiplies and sums in: llama.cpp's choice, and others.
large_types() {
  local f16; f16=$(large_file f16)
  for kind in fp32 bf16; do
    echo "GGML_CUDA_CUBLAS_COMPUTE_TYPE=$kind:"
    echo
    GGML_CUDA_CUBLAS_COMPUTE_TYPE=$kind measured -m "$f16" --questions "$(counted 800)" --conditions default
    echo
  done
}

large_shapes() {
  local f16; f16=$(large_file f16)
  measured -m "$f16" --questions "$(counted 800)" --conditions default shareable-8 shareable-55 --ubatch 1024
  measured -m "$f16" --questions "$(counted 800)" --conditions default --contexts 1
  measured -m "$f16" --questions "$(counted 800)" --conditions default --contexts 3
}

large() {
  measured -m "$(large_file q8_0)" --questions "$(counted 800)" --conditions default shareable-8 shareable-55
}

transformers() {
  [ "$survey" != sample ] || { echo "transformers_speed.py reads a survey's CSV: name one to pack.sh." >&2; return 2; }
  python3 "$here/transformers_speed.py" --shape "$large" --tokenizer "$model" --survey "$survey" --questions "$(counted 600)" --device "$device" \
    --batch-tokens 16384 --seconds 6 --out "$results/transformers.json"
}

# The whole default condition, killed a few times and resumed; then once more without a break.
resume() {
  local file=$TMPDIR/resume.duckdb
  rm -f "$file"*
  for seconds in ${KILL_AFTER:-4 5 6 7}; do
    timeout -s KILL "$seconds" "$program/localopinions" run -m "$model" -s "$survey" -o "$file" --device "$device" $(limited "") >/dev/null || true
    pkill -KILL -f "localopinions worker" || true
    [ ! -e "$file" ] || localopinions sql "$file" "select count(*) as answers_before from answers" || true
  done
  localopinions run -m "$model" -s "$survey" -o "$file" --device "$device" $(limited "")
  localopinions run -m "$model" -s "$survey" -o "$TMPDIR/whole.duckdb" --device "$device" $(limited "") | grep -E "^(speed|noise)"
  localopinions sql "$file" "attach '$TMPDIR/whole.duckdb' as whole (read_only);
    select count(*) as options, count(*) filter (a.log_prob = b.log_prob) as equal_to_the_bit from answers_long a
    join whole.answers_long b using (source_row, option_index)" || true
}

workers() {
  for workers in 1 2 4; do
    localopinions run -m "$model" -s "$survey" -o "$TMPDIR/workers$workers.duckdb" --device "$device" --workers $workers $(limited "") | grep -E "^speed"
  done
}

# What a user meets when something is amiss: a worker that ends in the middle, part of the model on the CPU, no memory.
failures() {
  local file=$TMPDIR/killed.duckdb
  rm -f "$file"*
  echo "One of two workers killed, three times:"
  echo
  (for _ in 1 2 3; do sleep "${KILL_EVERY:-3}"; pkill -KILL -o -f "localopinions worker"; done) &
  localopinions run -m "$model" -s "$survey" -o "$file" --device "$device" --workers 2 $(limited "") 2>&1 | grep -E "^(speed|noise)|worker|engine" || true
  localopinions sql "$file" "select count(*) as answers from answers" || true
  [ "$device" != cpu ] || return 0
  echo "--gpu-layers 10:"
  echo
  localopinions run -m "$model" -s "$survey" -o "$TMPDIR/layers.duckdb" --device "$device" --gpu-layers 10 --limit 40 | grep -E "^(speed|noise)"
  for room in 1.5 0.2; do
    echo "$room GB left:"
    echo
    python3 "$here/fill_memory.py" "$room" "$program/localopinions" run -m "$(large_file f16)" -s "$survey" -o "$TMPDIR/full.duckdb" --device "$device" --limit 40 2>&1 || true
    python3 "$here/fill_memory.py" "$room" "$program/localopinions" run -m "$model" -s "$survey" -o "$TMPDIR/full.duckdb" --device "$device" --limit 40 2>&1 \
      | grep -vE "^ *[0-9]+ " || true
  done
}

# Texts read, and written.
texts() {
  for reading in "text" "written --layout chat" verbalised; do
    echo "--reading $reading:"
    localopinions run -m "$model" -s "$survey" -o "$TMPDIR/texts.duckdb" --device "$device" $(limited "--limit 600") --reading $reading | grep -E "^(speed|noise)"
  done
}

[ $# != 0 ] || set -- doctor warm large_f16 transformers large_types resume workers failures agree arithmetic bench large_shapes bench_shapes large texts
declare -A limits=([warm]=200 [large]=120 [bench]=120 [transformers]=90 [agree]=150 [arithmetic]=90 [large_f16]=120 [large_shapes]=150 [large_types]=90 [bench_shapes]=120 [failures]=90)
for name; do
  step "$name" "${limits[$name]:-60}"
done
echo "all of it in $((SECONDS - began)) s"
