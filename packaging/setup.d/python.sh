# The Python environment: made from lock files whose every entry has a hash.
# shellcheck shell=bash

PYTHONS=(python3.11 python3.12 python3.13 python3)

find_python() {
  local name
  for name in "${PYTHONS[@]}"; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && { command -v "$name"; return; }
  done
  return 1
}
can_make_venv() { "$1" -c 'import ensurepip, venv' 2> /dev/null; }

# Prints the system's packages for Python: itself, or what it lacks for making environments.
missing_python() {
  local python name
  if ! python=$(find_python); then
    name=$(name_here 'python3|python3.11')
    missing_packages "$name" "$name-venv"
  elif ! can_make_venv "$python"; then
    missing_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  fi
}

stage_python() {
  local python
  python=$(find_python) || die "Python 3.11 or newer is needed; this system's own is older, or there is none"
  can_make_venv "$python" || die "$python cannot make virtual environments: its module ensurepip is missing"
  make_venv "$python"
}

# An environment whose installation broke off may hold half a package that looks whole: such a one is made anew.
# One that we did not make is not ours to delete.
make_venv() {
  venv_is_current && return 0
  if [ -d "$STAMPS" ]; then
    say "The environment was moved or left unfinished: making it again"
    rm -rf "$VENV"
  elif [ -e "$VENV" ]; then
    die "$VENV was not made by this script. Move it away, then run the same command again."
  fi
  mkdir -p "$STAMPS"
  long "Python environment" "$1" -m venv "$VENV"
  printf '%s\n' "$ROOT" > "$STAMPS/root"
}

pip_install() {
  "$VENV/bin/python" -m pip --disable-pip-version-check --no-input install --require-hashes "$@"
}

# install_lock NAME LABEL PIP-ARGUMENT…
install_lock() {
  local lock=$ROOT/packaging/$1.lock label=$2
  is_done "$lock" "$STAMPS/$1.lock" && return 0
  : > "$STAMPS/unfinished"
  long "$label" pip_install "${@:3}" -r "$lock"
  rm "$STAMPS/unfinished"
  mark_done "$lock" "$STAMPS/$1.lock"
}

stage_libraries() {
  install_lock build "build tools" --only-binary :all:
  install_lock runtime "libraries" --only-binary :all:
}

stage_project() {
  is_done "$ROOT/pyproject.toml" "$STAMPS/pyproject.toml" && return 0
  long "the program itself" "$VENV/bin/python" -m pip --disable-pip-version-check --no-input install \
    --no-deps --no-build-isolation --no-index -e "$ROOT"
  # Done now so that the first start and the first plot do not wait for it.
  long "byte code and fonts" "$VENV/bin/python" -c '
import compileall, sys
compileall.compile_dir(sys.argv[1], quiet=1)
import matplotlib.font_manager' "$ROOT/tutor"
  mark_done "$ROOT/pyproject.toml" "$STAMPS/pyproject.toml"
}

stage_dev() {
  install_lock dev "tools for the tests" --only-binary :all:
  install_lock rivals "readers to measure beside" --only-binary :all: --no-deps --upgrade --target "$VENV/rivals"
}
