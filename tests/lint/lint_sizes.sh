#!/usr/bin/env bash
# lint_sizes.sh SOURCE_DIR: a source over 600 lines fails unless tests/lint/size_exceptions.txt lists it with a reason
# (`path: why`); over 400 lines it is only printed. An exception that is not needed any more fails as well.
set -euo pipefail
cd "${1:?source folder}"
exceptions=tests/lint/size_exceptions.txt
listed() { [ -f "$exceptions" ] && grep -vE '^[[:space:]]*(#|$)' "$exceptions" || true; }

mapfile -t files < <(find app models services views tests -name '*.h' -o -name '*.cpp' 2>/dev/null | LC_ALL=C sort)
[ ${#files[@]} -gt 0 ] || { echo "lint_sizes: no sources below $PWD" >&2; exit 1; }

bad=0
for file in "${files[@]}"; do
  lines=$(wc -l < "$file")
  if [ "$lines" -gt 600 ]; then
    reason=$(listed | awk -v path="$file" 'index($0, path ":") == 1 { print substr($0, length(path) + 2) }')
    if [ -z "${reason//[[:space:]]/}" ]; then
      echo "$file: $lines lines, over 600 and no reason in $exceptions"
      bad=1
    fi
  elif [ "$lines" -gt 400 ]; then
    echo "note: $file has $lines lines"
  fi
done
while IFS=: read -r path _; do
  [ -n "$path" ] || continue
  if [ ! -f "$path" ] || [ "$(wc -l < "$path")" -le 600 ]; then
    echo "$exceptions: $path needs no exception"
    bad=1
  fi
done < <(listed)
exit $bad
