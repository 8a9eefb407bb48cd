# What comes from the system: Python, a compiler, the libraries that Qt's window and web view load, fonts.
# shellcheck shell=bash

# `a|b` means: one of them, named differently by different releases.
COMPILER_PACKAGES=(g++ make)
QT_PACKAGES=(
  libegl1 libgl1 libopengl0 libglib2.0-0\|libglib2.0-0t64 libdbus-1-3 libfontconfig1 libfreetype6 libnss3 libnspr4
  libxkbcommon0 libxkbcommon-x11-0 libxkbfile1 libx11-6 libx11-xcb1 libxcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0
  libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1
  libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxi6 libxext6 libxfixes3 libxrender1 libdrm2 libgbm1
  libasound2\|libasound2t64
)
FONT_PACKAGES=(fonts-noto-cjk)

is_debian_like() { command -v dpkg-query > /dev/null && command -v apt-get > /dev/null; }
is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]; }
# Prints nothing for a name that others only provide. Not into `grep -q`: it leaves early, which `pipefail` takes ill.
is_available() { [ -n "$(apt-cache show --no-all-versions "$1" 2> /dev/null)" ]; }

# The name that this release has for `a|b`: the last that it knows, or the first where there are no lists to look in.
name_here() {
  local name chosen=${1%%|*}
  case $1 in
    *\|*) for name in ${1//|/ }; do is_available "$name" && chosen=$name; done ;;
  esac
  printf '%s\n' "$chosen"
}

# Prints the packages of the list that are missing.
missing_packages() {
  local entry name
  for entry in "$@"; do
    for name in ${entry//|/ }; do is_installed "$name" && continue 2; done
    name_here "$entry"
  done
}

# Everything that Moonstep does not work without.
missing_requirements() { missing_python; missing_packages "${COMPILER_PACKAGES[@]}" "${QT_PACKAGES[@]}"; }

# Another apt, such as a freshly started system's own upgrade, is waited for.
apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }
apt_install() {
  say "from the system: $*"
  try_long "system packages" apt_get install -y --no-install-recommends "$@"
}
refresh_package_lists() {
  [ -z "${PACKAGE_LISTS_ARE_FRESH:-}" ] || return 0
  try_long "package lists" apt_get update || return 1
  PACKAGE_LISTS_ARE_FRESH=1
}

install_requirements() {
  local missing
  refresh_package_lists || say "Going on with the package lists that are there."
  # Only after that are the names of this release known for certain.
  mapfile -t missing < <(missing_requirements)
  apt_install "${missing[@]}" || die "These packages are needed. Run the same command again to go on from here."
}

# All of it in one command, the font too: nobody wants to be sent away twice.
ask_for_requirements() {
  local packages
  mapfile -t packages < <(missing_requirements; missing_packages "${FONT_PACKAGES[@]}")
  say "System packages are needed. Run this, then the same command again:"
  die "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
}

want_fonts() {
  [ -n "$(missing_packages "${FONT_PACKAGES[@]}")" ] || return 0
  if ((EUID == 0)); then
    { refresh_package_lists && apt_install "${FONT_PACKAGES[@]}"; } \
      || say "Chinese text may show as boxes: the font for it could not be installed. Everything else goes on."
  else
    say "Chinese text needs a font; if it shows as boxes: sudo apt-get install -y ${FONT_PACKAGES[*]}"
  fi
}

stage_system() {
  if is_debian_like; then
    if [ -n "$(missing_requirements)" ]; then
      if ((EUID == 0)); then install_requirements; else ask_for_requirements; fi
    fi
    want_fonts
  else
    command -v c++ > /dev/null || die "A C++ compiler is needed to build llama.cpp. On macOS: xcode-select --install"
  fi
}

# On systems whose packages we do not know, say which library is not there instead of dying in the window.
report_missing_libraries() {
  command -v ldd > /dev/null || return 0
  local missing
  missing=$(find "$VENV/lib" -path '*/PySide6/Qt/*' \( -name 'libQt6WebEngineCore.so*' -o -name 'libqxcb.so' \) \
    -exec ldd {} + 2> /dev/null | awk '/not found/ {print $1}' | sort -u || true)
  [ -z "$missing" ] || say "The window will not open until these libraries are installed: ${missing//$'\n'/ }"
}
