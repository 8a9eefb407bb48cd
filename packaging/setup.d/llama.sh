# llama.cpp, compiled from its source distribution for the processor and the graphics of this very machine.
# shellcheck shell=bash

# The wheel is kept outside of the checkout, so that another checkout need not compile again. pip's own cache would
# not do: it knows neither the options nor the processor a wheel was made with.
LLAMA_WHEELS=${XDG_CACHE_HOME:-${HOME:-$ROOT/build}/.cache}/moonstep/wheels

# Apple's GPUs always work with Metal. CUDA is asked for only where a GPU answers too: nvcc alone (a build server, a
# container without a driver) would make a library that needs libcuda.so.1 and does not load here at all.
# Without AMX: on some virtual machines its matrix product dies of a general protection fault, now and then
# (llama-cpp-python 0.3.36 on a Xeon under Firecracker). The rest of AVX-512 stays in use.
llama_options() {
  if [ "$(uname -s)" = Darwin ]; then
    printf '%s' '-DGGML_METAL=on'
  else
    printf '%s' '-DCMAKE_C_FLAGS=-U__AMX_INT8__ -DCMAKE_CXX_FLAGS=-U__AMX_INT8__'
    if command -v nvcc > /dev/null && nvidia-smi -L > /dev/null 2>&1; then printf '%s' ' -DGGML_CUDA=on'; fi
  fi
}

processor() {
  uname -sm
  if [ -r /proc/cpuinfo ]; then
    grep -m1 -E '^(flags|Features)' /proc/cpuinfo || true
  else
    sysctl -n machdep.cpu.brand_string machdep.cpu.features 2> /dev/null || true
  fi
}

llama_key() {
  { cat "$ROOT/packaging/llama.lock"; llama_options; printf '%s\n' "${CMAKE_ARGS:-}"; processor; } | cksum | tr ' ' '-'
}

build_llama() {
  local target=$1 work
  mkdir -p "$LLAMA_WHEELS" || return 1
  work=$(mktemp -d "$LLAMA_WHEELS/.building.XXXXXX") || return 1
  CMAKE_ARGS="${CMAKE_ARGS:-} $(llama_options)" "$VENV/bin/python" -m pip --disable-pip-version-check --no-input \
    wheel --no-cache-dir --no-deps --no-build-isolation --no-binary :all: --require-hashes \
    -r "$ROOT/packaging/llama.lock" --wheel-dir "$work" || { rm -rf "$work"; return 1; }
  rm -rf "$target" || return 1
  mv "$work" "$target"
}

stage_llama() {
  is_done "$ROOT/packaging/llama.lock" "$STAMPS/llama.lock" && return 0
  local target
  target=$LLAMA_WHEELS/$(llama_key)
  if [ ! -d "$target" ]; then
    say "llama.cpp is compiled for this very machine: about 5 minutes, once"
    find "$LLAMA_WHEELS" -maxdepth 1 -name '.building.*' -mmin +120 -exec rm -rf {} + 2> /dev/null || true
    long "llama.cpp" build_llama "$target"
  fi
  : > "$STAMPS/unfinished"
  long "llama.cpp's library" "$VENV/bin/python" -m pip --disable-pip-version-check --no-input install \
    --no-deps --no-index --force-reinstall "$target"/*.whl
  rm "$STAMPS/unfinished"
  mark_done "$ROOT/packaging/llama.lock" "$STAMPS/llama.lock"
}
