#!/usr/bin/env bash
# lint_selftest.sh SOURCE_DIR: each lint is given small bad trees and must refuse them, and a good one that it must accept.
# A check that cannot fail is a defect.
set -euo pipefail
lints=$(cd "${1:?source folder}/tests/lint" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
bad=0

fresh() {
  rm -rf "$tree"
  mkdir -p "$tree"/{models/domain,models/items,services/{ports,usecases,storage,local,wire,remote,platform},views/{pages,widgets,charts},app/{server,desktop,bootstrap},tests/{unit,lint}}
  printf '#pragma once\n#include <QString>\n' > "$tree/models/domain/tier.h"
  printf '#include "services/ports/page.h"\n#include <QLabel>\n' > "$tree/views/pages/page.cpp"
  printf '#pragma once\n#include "models/domain/tier.h"\n' > "$tree/services/ports/page.h"
  printf '#include "models/domain/tier.h"\n#include <QSqlQuery>\n' > "$tree/services/storage/pool.cpp"
  printf '#include "services/ports/page.h"\n#include <boost/asio.hpp>\n' > "$tree/app/server/host.cpp"
  printf '#include "services/storage/pool.h"\n' > "$tree/app/bootstrap/compose.cpp"
  printf '#include <QTest>\n#include <QSqlQuery>\n#include "services/storage/pool.h"\n' > "$tree/tests/unit/tst_a.cpp"
}
# put PATH LINE…: one bad file into a fresh good tree.
put() {
  local path=$1
  shift
  fresh
  printf '%s\n' "$@" > "$tree/$path"
}
refused() { # LINT WHAT
  if "$lints/lint_$1.sh" "$tree" > "$tree.out" 2>&1; then
    echo "lint_$1 accepts $2"
    bad=1
  elif ! [ -s "$tree.out" ]; then
    echo "lint_$1 refuses $2 without saying what"
    bad=1
  fi
  rm -f "$tree.out"
}
accepted() { # LINT WHAT
  local out
  if ! out=$("$lints/lint_$1.sh" "$tree" 2>&1); then
    echo "lint_$1 refuses $2:"
    echo "$out"
    bad=1
  fi
}

fresh
for lint in layers sizes gui_blocking names repo; do accepted "$lint" "a good tree"; done

put models/domain/a.cpp '#include <QSqlDatabase>';                            refused layers "SQL in the domain"
put models/domain/a.cpp '#include <QColor>';                                  refused layers "Gui in the domain"
put models/domain/a.cpp '#include "services/ports/page.h"';                   refused layers "the domain knowing a port"
put views/pages/a.cpp '#include "services/storage/pool.h"';                   refused layers "a view knowing storage"
put views/pages/a.cpp '  #  include <QtSql/QSqlQuery>';                       refused layers "a view knowing SQL"
put views/pages/a.cpp '#include "app/server/host.h"';                         refused layers "a view knowing the server"
put views/pages/a.cpp '#include <QtCharts/QChartView>';                                refused layers "charts outside their room"
put app/server/a.cpp '#include "views/pages/page.h"';                         refused layers "the server knowing a view"
put app/server/a.cpp '#include "services/storage/pool.h"';                    refused layers "the server knowing storage"
put app/server/a.cpp '#include <QWidget>';                                    refused layers "widgets in the server"
put models/items/a.cpp '#include <QtWidgets>';                                refused layers "widgets in the models"
put services/usecases/a.cpp '#include "services/storage/pool.h"';             refused layers "use cases knowing storage"
put services/remote/a.cpp '#include "services/usecases/tier.h"';              refused layers "the remote knowing use cases"
put services/local/a.cpp '#include <QSqlQuery>';                              refused layers "SQL outside storage"
put services/wire/a.cpp '#include <boost/beast.hpp>';                         refused layers "Boost outside the server"
put services/ports/a.h '#include <QJsonDocument>' '#include <QNetworkReply>'; refused layers "network in the ports"
put app/bootstrap/a.cpp '#include "tests/support/seed.h"';                    refused layers "the program knowing tests"
mkdir -p "$tree/services/mystery"
put models/domain/b.h '#pragma once'; mkdir -p "$tree/services/mystery"; echo 'int a;' > "$tree/services/mystery/a.cpp"
refused layers "a room that the plan does not know"

long() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) print "int a;" }'; }
fresh; long 601 > "$tree/views/pages/a.cpp";                                  refused sizes "601 lines"
echo 'views/pages/a.cpp:' > "$tree/tests/lint/size_exceptions.txt";           refused sizes "an exception without a reason"
echo 'views/pages/a.cpp: one table' > "$tree/tests/lint/size_exceptions.txt"; accepted sizes "an exception with a reason"
fresh; echo 'views/pages/page.cpp: old' > "$tree/tests/lint/size_exceptions.txt"; refused sizes "a stale exception"
fresh; long 450 > "$tree/views/pages/a.cpp";                                  accepted sizes "450 lines"

put views/pages/a.cpp '  future.waitForFinished();';                          refused gui_blocking "waitForFinished"
put models/items/a.cpp '  use(future.result());';                             refused gui_blocking "result()"
put app/desktop/a.cpp '  QEventLoop loop;';                                   refused gui_blocking "QEventLoop"
put views/pages/a.cpp '  qApp->processEvents();';                             refused gui_blocking "processEvents"
put views/pages/a.cpp '  dialog.exec();';                                     refused gui_blocking "exec() of a dialog"
put views/pages/a.cpp '  menu->exec(point);';                                 refused gui_blocking "exec() of a menu"
put views/pages/a.cpp '  QThread::msleep(5);';                                refused gui_blocking "msleep"
put views/pages/a.cpp '  QMessageBox::question(this, a, b);';                 refused gui_blocking "a static dialog"
put views/pages/a.cpp '  // exec() would nest a loop' '  log("call exec() later");'; accepted gui_blocking "a comment and a text"

put views/pages/a.cpp '  auto *b = new QPushButton(this);';                   refused names "a nameless button"
put views/pages/a.cpp '  auto *b = new QPushButton(this);' '  b->setObjectName(x);'; refused names "a button without accessible name"
put views/pages/a.cpp '  auto *b = new QPushButton(this);' '  b->setAccessibleName(x);'; refused names "a button without objectName"
put views/pages/a.cpp '  : m_edit(new QLineEdit(this))' '{';                  refused names "a nameless member"
put views/pages/a.cpp '  row->addWidget(new QCheckBox(this));';               refused names "a widget handed on nameless"
put views/pages/a.cpp '  return new QComboBox(this);';                        refused names "a widget returned nameless"
put views/pages/a.cpp '  auto *b = new QPushButton(this);' '  b->setObjectName(x);' '  b->setAccessibleName(y);'; accepted names "a named button"
put views/pages/a.cpp 'class Fancy : public QPushButton {' '};' '  auto *f = new Fancy(this);'; refused names "a nameless derived class"
put views/pages/a.cpp 'class Fancy : public QPushButton {' '  Fancy() { setObjectName(x); setAccessibleName(y); }' '};' '  auto *f = new Fancy(this);'; accepted names "a class that names itself"

put models/domain/a.cpp "  // TO""DO: later";                                refused repo "an unfinished place"
put models/domain/a.cpp "  // FIX""ME";                                       refused repo "a known defect left"
put tests/unit/tst_b.cpp "  QSKI""P(\"no server\");";                         refused repo "a skipped test"
put tests/unit/tst_b.cpp "  QThread::mslee""p(50);";                          refused repo "a sleep in a test"
put tests/unit/tst_b.cpp "  QTest::qWai""t(50);";                             refused repo "a fixed wait in a test"
put tests/unit/run.sh "slee""p 2";                                            refused repo "a sleep in a test script"
put models/domain/a.cpp "// see /hom""e/someone/notes";                       refused repo "a path of one machine"
put tests/unit/tst_b.cpp '  const auto folder = "/tmp/name.XXXXXX"; QTest::qWaitFor(done);'; accepted repo "a template name and qWaitFor"

[ $bad = 0 ] && echo "every lint can fail"
exit $bad
