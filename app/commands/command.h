#pragma once
#include <QList>
#include <QString>
#include <QStringList>

class QCoreApplication;
class QCommandLineParser;

/// The modes of the binary. One command = one pair of files; each parses its own options and returns the exit code:
/// 0 done, 1 failed, 2 wrong usage.
namespace commands {

enum class Surface { Terminal, Windows, Offscreen };

struct Command {
    const char *name;
    const char *synopsis;
    const char *summary;
    Surface surface;
    int (*run)(QCoreApplication &app, const QStringList &arguments); ///< arguments after the command's name
    /// What must be in the environment before there is an application object; says nothing, run() explains. May be
    /// null.
    void (*prepare)(const QStringList &arguments) = nullptr;
};

const QList<Command> &allCommands();

/// Chooses the command from argv, makes the application object that it needs, runs it.
int dispatch(int argc, char **argv);

/// Parses or explains: false means that `exitCode` is the answer (help was printed, or the usage was wrong).
bool parse(QCommandLineParser &parser, const char *commandName, const QStringList &arguments, int &exitCode);

void printLine(const QString &line);  ///< to standard output, UTF-8
void printError(const QString &line); ///< to standard error, "instanode-console: …"

} // namespace commands
