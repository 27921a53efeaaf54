# Sourced by run and check: what Debian 12 must have, and how it gets there.
build_packages=(g++ cmake ninja-build lld ccache git ca-certificates
  qt6-base-dev libqt6svg6-dev qt6-qpa-plugins libqt6sql6-sqlite libqt6sql6-psql
  libboost1.81-dev libssl-dev libyaml-cpp-dev prometheus-cpp-dev qtkeychain-qt6-dev libcurl4-openssl-dev fonts-inter)
check_packages=(postgresql clang-14 libclang-rt-14-dev util-linux)

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# install_missing PACKAGE…: installs what dpkg does not know as installed; one clear line when that fails.
install_missing() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "these Debian packages are missing and there is no apt-get here: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing, and installing them needs root or sudo: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -qq &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    local why
    why=$(grep -m1 -E '^(E:|W:.*Failed)' "$log" || tail -n 1 "$log")
    rm -f "$log"
    die "apt-get could not install ${missing[*]}: $why"
  fi
  rm -f "$log"
}

# A clean clone elsewhere on the machine hits the cache as well: paths are taken relative to the tree.
use_ccache() {
  export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=5G
  export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
}

# build PRESET [target…]
build() {
  local preset=$1; shift
  use_ccache
  local log
  log=$(mktemp)
  if ! cmake --preset "$preset" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >"$log" 2>&1; then
    cat "$log" >&2; rm -f "$log"; die "configuring the build failed"
  fi
  rm -f "$log"
  cmake --build --preset "$preset" "${@/#/--target=}" || die "the build failed"
}
