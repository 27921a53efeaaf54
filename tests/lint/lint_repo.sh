#!/usr/bin/env bash
# lint_repo.sh SOURCE_DIR: nothing unfinished, no path of somebody's machine, no skipped test, no fixed sleep in a test.
# The brackets in the patterns keep this file from finding itself.
set -euo pipefail
cd "${1:?source folder}"
mapfile -d '' files < <(find . \( -name .git -o -name build -o -name node_modules \) -prune -o -type f -print0 | LC_ALL=C sort -z)
[ ${#files[@]} -gt 0 ] || { echo "lint_repo: no files below $PWD" >&2; exit 1; }

bad=0
# forbid WHAT PATTERN FILE…: prints every line that matches.
forbid() {
  local what=$1 pattern=$2
  shift 2
  [ $# -gt 0 ] || return 0
  local found
  found=$(grep -InE -- "$pattern" "$@" /dev/null || true)
  if [ -n "$found" ]; then
    echo "$found" | sed "s|^\./||; s|\$|  <- $what|"
    bad=1
  fi
}
tests=()
cpp_tests=()
for file in "${files[@]}"; do
  case $file in
  ./tests/*.cpp|./tests/*.h) tests+=("$file"); cpp_tests+=("$file") ;;
  ./tests/*) tests+=("$file") ;;
  esac
done

forbid 'unfinished' '(^|[^A-Za-z0-9_])(TO[D]O|FIX[M]E|XX[X])([^A-Za-z0-9_]|$)' "${files[@]}"
forbid 'a path of one machine' '(^|[^A-Za-z0-9_.}-])/(wor[k]|hom[e]/[a-z][a-z]+|roo[t]|User[s])/' "${files[@]}"
forbid 'a skipped test' 'QSKI[P]|Q_EXPECT_FAI[L]|QEXPECT_FAI[L]' "${tests[@]}"
forbid 'a fixed sleep' '(QThread::[mu]?slee[p]|slee[p]_(for|until)|qSlee[p]|QTest::qWai[t][ ]*\([^0)]|[^A-Za-z_]u?slee[p][ ]*\()' "${cpp_tests[@]}"
for file in "${tests[@]}"; do
  case $file in *.cpp|*.h|*.md|*.txt|*.json) continue ;; esac
  forbid 'a fixed sleep' '(^|[;&|({]|do|then)[[:space:]]*slee[p][[:space:]]+[0-9$]' "$file"
done
exit $bad
