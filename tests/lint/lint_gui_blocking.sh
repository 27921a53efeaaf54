#!/usr/bin/env bash
# lint_gui_blocking.sh SOURCE_DIR: nothing on the GUI thread waits or nests an event loop (views, models/items,
# app/desktop). The application's own exec() is the one loop there is.
set -euo pipefail
cd "${1:?source folder}"
mapfile -t files < <(find views models/items app/desktop -name '*.h' -o -name '*.cpp' 2>/dev/null | LC_ALL=C sort)
[ ${#files[@]} -gt 0 ] || { echo "lint_gui_blocking: no sources below $PWD" >&2; exit 1; }

awk '
  function report(what) { print FILENAME ":" FNR ": " what; bad = 1 }
  {
    line = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line) # texts may say anything
    if (FNR == 1) comment = 0
    if (comment) { if (line ~ /\*\//) { sub(/^.*\*\//, "", line); comment = 0 } else next }
    sub(/\/\/.*/, "", line)
    gsub(/\/\*[^*]*\*\//, "", line)
    if (line ~ /\/\*/) { sub(/\/\*.*/, "", line); comment = 1 }
    if (line ~ /waitFor[A-Z][A-Za-z]*[ \t]*\(/) report("waits")
    if (line ~ /(\.|->)(result|takeResult|resultAt)[ \t]*\(/) report("takes the result of a future, which waits for it")
    if (line ~ /QEventLoop/) report("nests an event loop")
    if (line ~ /processEvents[ \t]*\(/) report("runs the event loop in the middle of an event")
    if (line ~ /(^|[^A-Za-z0-9_])exec[ \t]*\(/ && line !~ /(QApplication::|QCoreApplication::|app\.|application\.)exec[ \t]*\(/)
      report("exec() nests an event loop; use open() or popup()")
    if (line ~ /QThread::(sleep|msleep|usleep)|sleep_for|sleep_until/) report("sleeps")
    if (line ~ /QFileDialog::get|QMessageBox::(question|warning|information|critical|about)[ \t]*\(|QInputDialog::get|QColorDialog::get|QFontDialog::get/)
      report("a static dialog nests an event loop")
    if (line ~ /QSemaphore|QWaitCondition|std::condition_variable|QFutureSynchronizer|\.get\(\)[ \t]*\.get\(\)/) report("blocks")
  }
  END { exit bad }
' "${files[@]}"
