#!/usr/bin/env bash
# lint_layers.sh SOURCE_DIR: every #include follows the arrows of the house plan (ARCHITECTURE.md, "Rooms and arrows").
# A link line does not stop a wrong include: all Qt headers lie side by side on Debian.
set -euo pipefail
cd "${1:?source folder}"

qt=${INSTANODE_QT_HEADERS:-$(ls -d /usr/include/*/qt6 2>/dev/null | head -n 1)}
[ -d "$qt/QtCore" ] || { echo "lint_layers: no Qt headers found (package qt6-base-dev)" >&2; exit 1; }

# room | rooms it may include (itself always; * = every room but tests) | Qt modules | other libraries
rules() {
  cat <<'TABLE'
models/domain     |                                                                                                  | Core |
services/security | models/domain                                                                                    | Core | openssl
services/platform | models/domain services/security                                                                  | Core Network | yaml-cpp prometheus qt6keychain
services/ports    | models/domain                                                                                    | Core |
services/usecases | models/domain services/security services/platform services/ports                                 | Core |
services/storage  | models/domain services/security services/platform services/ports services/usecases               | Core Sql |
services/jobs     | models/domain services/security services/platform services/ports services/usecases               | Core |
services/providers| models/domain services/security services/platform services/ports services/usecases               | Core | curl
services/wire     | models/domain services/ports                                                                     | Core |
services/local    | models/domain services/security services/platform services/ports services/usecases services/storage | Core |
services/remote   | models/domain services/ports services/wire                                                       | Core Network |
models/items      | models/domain services/ports                                                                     | Core |
views/widgets     | models/domain                                                                                    | Core Gui Widgets Svg |
views/charts      | models/domain views/widgets                                                                      | Core Gui Widgets |
views/dialogs     | models/domain services/ports models/items views/widgets                                          | Core Gui Widgets |
views/pages       | models/domain services/ports models/items views/widgets views/charts views/dialogs               | Core Gui Widgets |
views/shell       | models/domain services/ports models/items views/widgets views/dialogs views/pages                | Core Gui Widgets |
app/server        | models/domain services/security services/platform services/ports services/wire                   | Core | boost openssl
app/desktop       | models/domain services/security services/platform services/ports models/items views/widgets views/charts views/dialogs views/pages views/shell | Core Gui Widgets Network |
app/bootstrap     | *                                                                                                | Core Network |
app/commands      | *                                                                                                | Core Gui Widgets Network | openssl
app               | *                                                                                                | Core Gui Widgets |
tests             | *tests                                                                                           | Core Gui Widgets Network Sql Svg Test | boost openssl yaml-cpp prometheus
TABLE
}
modules() {
  local m
  for m in Core Gui Widgets Network Sql Charts Svg SvgWidgets Test Concurrent DBus Xml PrintSupport OpenGL OpenGLWidgets; do
    [ ! -d "$qt/Qt$m" ] || ls "$qt/Qt$m" | sed "s/\$/ $m/"
  done
}

mapfile -t files < <(find app models services views tests -name '*.h' -o -name '*.cpp' 2>/dev/null | LC_ALL=C sort)
[ ${#files[@]} -gt 0 ] || { echo "lint_layers: no sources below $PWD" >&2; exit 1; }

awk '
  function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
  # Longest room that the path lies in; "" if none.
  function roomOf(path,   r, best) {
    best = ""
    for (r in known) if (index(path, r "/") == 1 && length(r) > length(best)) best = r
    return best
  }
  function report(what) { print FILENAME ":" FNR ": " what; bad = 1 }
  FILENAME == ARGV[1] {
    split($0, part, "|")
    room = trim(part[1]); known[room] = 1; open[room] = ""
    n = split(trim(part[2]), list, /[ \t]+/)
    for (i = 1; i <= n; i++) { if (list[i] ~ /^\*/) open[room] = list[i]; else mayRoom[room, list[i]] = 1 }
    n = split(trim(part[3]), list, /[ \t]+/)
    for (i = 1; i <= n; i++) mayQt[room, list[i]] = 1
    n = split(trim(part[4]), list, /[ \t]+/)
    for (i = 1; i <= n; i++) mayLib[room, list[i]] = 1
    next
  }
  FILENAME == ARGV[2] { if (!($1 in module)) module[$1] = $2; next }
  FNR == 1 {
    mine = roomOf(FILENAME)
    if (mine == "") report("lies in no room that the plan knows")
  }
  mine != "" && /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    line = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
    quoted = substr(line, 1, 1) == "\""
    path = substr(line, 2)
    sub(/[">].*$/, "", path)
    if (quoted) {
      other = roomOf(path)
      if (other == "") {
        if (path ~ /\// && path !~ /^(tests|app)\//) report("\"" path "\" lies in no room")
        next
      }
      if (other == mine || (mine, other) in mayRoom) next
      if (open[mine] == "*tests" || (open[mine] == "*" && other !~ /^tests/)) next
      report(mine " may not include " other " (" path ")")
      next
    }
    if (path ~ /^Qt[A-Z][A-Za-z]*\//) { sub(/\/.*/, "", path); m = substr(path, 3) }
    else if (path ~ /^Qt[A-Z]/ && ((substr(path, 3)) in isModule)) m = substr(path, 3)
    else m = (path in module) ? module[path] : ""
    if (m != "") {
      if (!((mine, m) in mayQt)) report(mine " may not use Qt " m " (<" path ">)")
      next
    }
    lib = path
    if (!sub(/\/.*/, "", lib)) next
    if (lib ~ /^(boost|openssl|yaml-cpp|prometheus|qt6keychain|hiredis|libpq|curl)$/ && !((mine, lib) in mayLib))
      report(mine " may not use " lib " (<" path ">)")
  }
  BEGIN { n = split("Core Gui Widgets Network Sql Charts Svg SvgWidgets Test Concurrent DBus", list, " ")
          for (i = 1; i <= n; i++) isModule[list[i]] = 1 }
  END { exit bad }
' <(rules) <(modules) "${files[@]}"
