#!/usr/bin/env bash
# lint_names.sh SOURCE_DIR: every interactive widget of the desktop gets an objectName and an accessible name where it is
# made. Reads text, not C++. `x = new QLineEdit` (or `x(new QLineEdit`) wants, in the same file, x->setObjectName( and
# x->setAccessibleName( — or x handed, with a literal, to a helper of that file that makes both calls. A class derived
# from an interactive one may name itself: then its .h/.cpp pair makes both calls; otherwise it is treated as its base.
# The GUI suite walks the real widget tree and catches what text cannot show.
set -euo pipefail
cd "${1:?source folder}"
mapfile -t files < <(find views app/desktop -name '*.h' -o -name '*.cpp' 2>/dev/null | LC_ALL=C sort)
[ ${#files[@]} -gt 0 ] || { echo "lint_names: no sources below $PWD" >&2; exit 1; }

interactive='Q(PushButton|ToolButton|RadioButton|CheckBox|CommandLinkButton|LineEdit|TextEdit|PlainTextEdit|ComboBox|FontComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit|Slider|Dial|ListView|ListWidget|TableView|TableWidget|TreeView|TreeWidget|TabBar|TabWidget|Calendar[A-Za-z]*|KeySequenceEdit|AbstractButton|AbstractItemView)'

# Classes of the project that derive from one of these.
derived=$(grep -hoE "class[[:space:]]+[A-Za-z]+[[:space:]]*(final[[:space:]]*)?:[[:space:]]*public[[:space:]]+$interactive([^A-Za-z]|\$)" \
            "${files[@]}" | sed -E 's/class[[:space:]]+([A-Za-z]+).*/\1/' | LC_ALL=C sort -u | paste -sd'|' - || true)
wanted=$interactive
if [ -n "$derived" ]; then
  for class in ${derived//|/ }; do
    home=$(grep -lE "class[[:space:]]+$class[[:space:]]*(final[[:space:]]*)?:" "${files[@]}" | head -n 1)
    pair="${home%.*}"
    sources=$(ls "$pair.h" "$pair.cpp" 2>/dev/null || true)
    if grep -q 'setObjectName *(' $sources && grep -q 'setAccessibleName *(' $sources; then
      continue
    fi
    wanted="$wanted|$class"
  done
fi

awk -v wanted="new[ \t]+([A-Za-z_]+::)*($wanted)[^A-Za-z_]" '
  function report(where, what) { print FILENAME_OF[where] ":" LINE_OF[where] ": " what; bad = 1 }
  function calls(file, name, method,   pattern) {
    pattern = name "->" method "("
    return index(text[file], pattern) > 0 || index(text[file], name "." method "(") > 0
  }
  # The file has a helper that names what it is given: both calls on one variable.
  function helps(file,   body, name) {
    body = text[file]
    while (match(body, /[A-Za-z_]+->setObjectName *\(/)) {
      name = substr(body, RSTART, RLENGTH)
      sub(/->.*/, "", name)
      if (index(text[file], name "->setAccessibleName(")) return 1
      body = substr(body, RSTART + RLENGTH)
    }
    return 0
  }
  # A call has `name` as an argument, and a literal.
  function handedOn(file, name,   lines, n, i, at, before, after) {
    n = split(text[file], lines, "\n")
    for (i = 1; i <= n; i++) {
      if (lines[i] !~ /(QStringLiteral|tr)\(/) continue
      at = index(lines[i], name)
      if (!at) continue
      before = substr(lines[i], at - 1, 1); after = substr(lines[i], at + length(name), 1)
      if ((before == "(" || before == " ") && after == "," && index(substr(lines[i], 1, at), "(")) return 1
    }
    return 0
  }
  {
    line = $0
    sub(/\/\/.*/, "", line)
    text[FILENAME] = text[FILENAME] line "\n"
    if (line ~ wanted) { n++; FILENAME_OF[n] = FILENAME; LINE_OF[n] = FNR; USE[n] = line }
  }
  END {
    for (i = 1; i <= n; i++) {
      rest = USE[i]
      # A line may make several widgets: each is looked at.
      while (match(rest, wanted)) {
        head = substr(rest, 1, RSTART - 1)
        type = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        sub(/^new[ \t]+/, "", type); sub(/[^A-Za-z_:]*$/, "", type)
        if (!match(head, /[A-Za-z_][A-Za-z0-9_>.-]*[ \t]*(=|\(|\{)[ \t]*$/)) {
          report(i, "new " type " has no name of its own: give it to a variable and name that")
          continue
        }
        name = substr(head, RSTART, RLENGTH)
        sub(/[ \t]*(=|\(|\{)[ \t]*$/, "", name)
        if (name == "return" || name ~ /^(addWidget|insertWidget|setCentralWidget|append|emplace_back)$/) {
          report(i, "new " type " is handed on without an objectName and an accessible name")
          continue
        }
        if (helps(FILENAME_OF[i]) && handedOn(FILENAME_OF[i], name)) continue
        if (!calls(FILENAME_OF[i], name, "setObjectName")) report(i, name " (" type ") has no setObjectName()")
        if (!calls(FILENAME_OF[i], name, "setAccessibleName")) report(i, name " (" type ") has no setAccessibleName()")
      }
    }
    exit bad
  }
' "${files[@]}"
