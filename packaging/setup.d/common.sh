# Shared by the scripts in packaging/: where things are, what is done already, how progress is told.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VENV=$ROOT/.venv
STAMPS=$VENV/.moonstep
LOGS=$ROOT/build/setup
WEB=$ROOT/assets/web

say() { printf '[setup] %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# A stage is done when its stamp equals what it was made from. Stamps live inside what they vouch for.
is_done() { [ -f "$2" ] && cmp -s "$1" "$2"; }
mark_done() { cp "$1" "$2.new" && mv "$2.new" "$2"; }

# The environment belongs to this folder: its scripts hold the path.
venv_is_current() {
  [ -f "$STAMPS/root" ] && [ "$(<"$STAMPS/root")" = "$ROOT" ] && [ ! -e "$STAMPS/unfinished" ] && [ -x "$VENV/bin/python" ]
}
runtime_is_current() {
  venv_is_current \
    && is_done "$ROOT/packaging/build.lock" "$STAMPS/build.lock" \
    && is_done "$ROOT/packaging/runtime.lock" "$STAMPS/runtime.lock" \
    && is_done "$ROOT/packaging/llama.lock" "$STAMPS/llama.lock" \
    && is_done "$ROOT/pyproject.toml" "$STAMPS/pyproject.toml" \
    && is_done "$WEB/package-lock.json" "$WEB/node_modules/.moonstep.lock"
}
dev_is_current() {
  runtime_is_current \
    && is_done "$ROOT/packaging/dev.lock" "$STAMPS/dev.lock" \
    && is_done "$ROOT/packaging/rivals.lock" "$STAMPS/rivals.lock"
}

# A model's stamp names its file, for the data folder that was in force.
model_stamp() { printf '%s/model-%s' "$STAMPS" "$1"; }
data_folder_key() { printf '%s|%s|%s' "${MOONSTEP_HOME:-}" "${XDG_DATA_HOME:-}" "${HOME:-}"; }
model_is_current() {
  local stamp key file
  stamp=$(model_stamp "$1")
  [ -f "$stamp" ] || return 1
  { IFS= read -r key && IFS= read -r file; } < "$stamp" || return 1
  [ "$key" = "$(data_folder_key)" ] && [ -f "$file" ]
}

# long LABEL COMMAND…: runs it and stops the set-up if it fails. A function that it runs has `set -e` switched off.
long() { try_long "$@" || die "Run the same command again to go on from here."; }

# try_long LABEL COMMAND…: runs it, says how long it has taken so far, and shows the end of its log if it fails.
try_long() {
  local label=$1 log start=$SECONDS status=0
  shift
  mkdir -p "$LOGS"
  log=$LOGS/$(printf '%s' "${label%%:*}" | tr -c 'A-Za-z0-9' '-').log
  say "$label …"
  # Without our extra descriptors: its last sleep outlives us, and must not hold the lock or somebody's pipe.
  beat "$label" "$start" 8>&- 9>&- &
  HEARTBEAT=$!
  "$@" > "$log" 2>&1 || status=$?
  stop_heartbeat
  if ((status != 0)); then
    tail -n 25 "$log" >&2
    say "$label failed; the whole log is in $log."
    return "$status"
  fi
  say "$label: done in $((SECONDS - start)) s"
}

# An interrupt is answered at once: some commands, such as the system's package manager, finish what they have begun.
beat() {
  trap 'say "Stopping …"; exit 130' INT
  while sleep 15 > /dev/null 2>&1; do say "$1 … $((SECONDS - $2)) s"; done
}

HEARTBEAT=
stop_heartbeat() {
  [ -z "$HEARTBEAT" ] || { kill "$HEARTBEAT" 2> /dev/null || true; wait "$HEARTBEAT" 2> /dev/null || true; }
  HEARTBEAT=
}
