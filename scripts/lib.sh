# Shared by the scripts: what they say, and how they install and build. Sourced, not run.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One compiler cache for every checkout and build folder.
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian packages that are missing, or nothing.
missing_packages() {
  local name
  for name in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

# Installs the named Debian packages that are missing; asks the network only when some are.
need_packages() {
  local missing
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  say "installing Debian packages: $(echo $missing)"
  as_root apt-get update -qq
  # shellcheck disable=SC2086  # a list of words
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

# npm packages of a folder, as its lock file says, unless they are there already.
need_npm() {
  local folder=$1 stamp="$1/node_modules/.abatis-lock"
  if ! cmp -s "$folder/package-lock.json" "$stamp"; then
    say "installing npm packages of $folder"
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
    cp "$folder/package-lock.json" "$stamp"
  fi
}

build_page() {
  need_npm web
  if [ ! -f web/dist/report.html ] ||
     [ -n "$(find web -name node_modules -prune -o -name dist -prune -o -type f -newer web/dist/report.html -print -quit)" ]; then
    say "building the report page"
    npm run --prefix web build --silent
  fi
}

# configure_and_build PRESET [TARGET...]
configure_and_build() {
  local preset=$1
  shift
  build_page
  say "building ($preset)"
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
    cat "build/$preset.configure.log" >&2
    return 1
  }
  cmake --build --preset "$preset" ${@:+--target "$@"}
}

mkdir -p build
