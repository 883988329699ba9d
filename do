#!/usr/bin/env bash
# Everything for Kasane on a fresh Debian 12. `./do run` shows the program with five invented cities' households;
# `./do test` proves it. Both install what is missing first.
set -euo pipefail
cd "$(dirname "$0")"

# Objects compiled in another folder of the same sources are the same objects.
export CCACHE_NOHASHDIR=1
export CCACHE_BASEDIR="$PWD"
PORT="${KASANE_PORT:-8080}"
JOBS="$(nproc)"

say() { printf '\n== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Debian packages named in a list, only those that are missing. A newer node or npm already there is used as it is.
install_packages() {
  local missing=() name
  for name in $(grep -hv '^#' "$@"); do
    case "$name" in
      nodejs|npm) command -v "${name/nodejs/node}" >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build_ui() {
  if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.installed ]; then
    say "front-end tools"
    npm ci --ignore-scripts --no-audit --no-fund >/dev/null
    touch node_modules/.installed
  fi
  node tools/ui_build.mjs >/dev/null
}

# build KIND TARGET...: KIND is Debug (ASan, UBSan) or Release.
build() {
  local kind="$1" dir="build/$(echo "$1" | tr '[:upper:]' '[:lower:]')"
  shift
  cmake -S . -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE="$kind" >/dev/null
  ninja -C "$dir" -j "$JOBS" "$@" | tail -n 3
}

case "${1:-help}" in
  run)
    install_packages tools/packages.txt
    build_ui
    say "building"
    build Release kasane
    mkdir -p var
    build/release/kasane demo
    say "serving on port $PORT; stop with Ctrl+C"
    exec build/release/kasane serve --address "${KASANE_ADDRESS:-127.0.0.1}" --port "$PORT"
    ;;
  test)
    install_packages tools/packages.txt tools/packages-test.txt
    build_ui
    say "building (Debug with ASan and UBSan)"
    build Debug all
    eval "exec python3 tools/run_tests.py build/debug ${*:2}"
    ;;
  bench)
    install_packages tools/packages.txt
    build_ui
    build Release kasane kasane_bench
    exec build/release/kasane_bench "${@:2}"
    ;;
  tidy)
    install_packages tools/packages.txt
    build Debug kasane
    exec python3 tools/lint/tidy.py build/debug "${@:2}"
    ;;
  fuzz)
    install_packages tools/packages.txt
    build_ui
    cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug -DKASANE_FUZZ=ON -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ >/dev/null
    ninja -C build/fuzz all_fuzzers | tail -n 3
    for target in $(cat build/fuzz/fuzzers.txt); do
      say "$target"
      "build/fuzz/$target" -max_total_time="${2:-60}" "tests/fuzz/corpus/$target"
    done
    ;;
  mutate)
    install_packages tools/packages.txt tools/packages-test.txt
    build_ui
    exec python3 tools/mutate_access.py "${@:2}"
    ;;
  screenshots)
    install_packages tools/packages.txt tools/packages-test.txt
    build_ui
    build Release kasane
    exec node tests/e2e/screenshots.mjs build/release/kasane "${@:2}"
    ;;
  bundle)
    install_packages tools/packages.txt
    build_ui
    build Release kasane
    exec sh tools/bundle.sh build/release/kasane build/bundle "${@:2}"
    ;;
  *)
    cat <<'HELP'
./do run           install what is missing, build, load the demo households, serve, print address and accounts
./do test          install what is missing, build with sanitizers, run every check and test
./do bench [...]   speed and memory on a generated city (--json FILE, --people N)
./do tidy [FILE]   clang-tidy's bug checks
./do fuzz [SEC]    real fuzzing of every parser of outside data
./do mutate        flip each condition of the rules of access; how many the tests catch
./do bundle        one .deb for a machine without a network, and the list of what it needs (--packages: and those)
./do screenshots   pictures of the main pages into docs/
HELP
    ;;
esac
