#include "services/platform/mail_template_loader.h"

#include "models/domain/audit.h"
#include "services/platform/mail_layout_reader.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace platform {
namespace {

using domain::MailConditions;
using domain::MailTemplate;
using domain::MailText;
using domain::MailVariants;
using domain::Result;

/// Leaves the loader as a Result; it never crosses readMailTemplates().
struct LoadFailure {
    domain::Error error;
};

/// A YAML file under the rule of one kind.
class KindReader {
public:
    KindReader(QString file, const MailTemplateRule &rule) : m_file(std::move(file)), m_rule(rule) {}

    /// Everything but `sample`.
    MailTemplate texts(const YAML::Node &root) const
    {
        const Map map = mapOf(root, QStringLiteral("the template"),
                              {"subject", "preheader", "heading", "paragraphs", "facts", "button", "sample"});
        MailTemplate mail;
        mail.kind = m_rule.kind;
        mail.subject = lastFitsAlways(map, "subject");
        mail.preheader = lastFitsAlways(map, "preheader");
        mail.heading = lastFitsAlways(map, "heading");
        for (const YAML::Node &item : listOf(require(map, "paragraphs"), QStringLiteral("paragraphs")))
            mail.paragraphs.append(paragraph(item));
        const bool neverEmpty = std::any_of(mail.paragraphs.cbegin(), mail.paragraphs.cend(), [this](const auto &p) {
            return p.conditions == MailConditions{} && fitsAlways(p.text.constLast());
        });
        if (!neverEmpty)
            fail(map.values.value(QStringLiteral("paragraphs")),
                 QStringLiteral("at least one paragraph must be there always, without conditions and params"));
        if (const auto facts = map.values.constFind(QStringLiteral("facts")); facts != map.values.constEnd()) {
            for (const YAML::Node &item : listOf(*facts, QStringLiteral("facts")))
                mail.facts.append(fact(item));
        }
        if (const auto button = map.values.constFind(QStringLiteral("button")); button != map.values.constEnd())
            mail.buttons = buttons(*button);
        return mail;
    }

    domain::MailSample sample(const YAML::Node &root) const
    {
        if (!root.IsMap() || !root["sample"])
            fail(root, QStringLiteral("the key 'sample' is missing"));
        const Map map = mapOf(root["sample"], QStringLiteral("sample"), {"summary", "resource_type", "metadata"});
        domain::MailSample sample;
        sample.summary = plain(require(map, "summary"), QStringLiteral("summary"));
        if (const auto type = map.values.constFind(QStringLiteral("resource_type")); type != map.values.constEnd())
            sample.resourceType = plain(*type, QStringLiteral("resource_type"));
        const YAML::Node metadata = require(map, "metadata");
        if (!metadata.IsMap())
            fail(metadata, QStringLiteral("metadata must be a map"));
        sample.metadata = QJsonDocument(json(metadata).toObject()).toJson(QJsonDocument::Compact);
        return sample;
    }

    /// The kind whose texts this file uses; empty = it has its own.
    QString like(const YAML::Node &root) const
    {
        if (!root.IsMap() || !root["like"])
            return {};
        const Map map = mapOf(root, QStringLiteral("a template with 'like'"), {"like", "sample"});
        return plain(require(map, "like"), QStringLiteral("like"));
    }

    [[noreturn]] void fail(const YAML::Node &node, const QString &what) const
    {
        const YAML::Mark mark = node.IsDefined() ? node.Mark() : YAML::Mark::null_mark();
        throw LoadFailure{mailTemplateError(m_file, mark.is_null() ? 1 : mark.line + 1, what)};
    }

private:
    struct Map {
        YAML::Node node;
        QString name;
        QHash<QString, YAML::Node> values;
    };

    Map mapOf(const YAML::Node &node, const QString &name, std::initializer_list<const char *> keys) const
    {
        if (!node.IsMap())
            fail(node, name + QStringLiteral(" must be a map"));
        QStringList known;
        for (const char *key : keys)
            known.append(QString::fromLatin1(key));
        Map map{node, name, {}};
        for (const auto &entry : node) {
            const QString key = plain(entry.first, name);
            if (!known.contains(key))
                fail(entry.first, withHint(QStringLiteral("%1 has no key '%2'").arg(name, key), key, known));
            if (map.values.contains(key))
                fail(entry.first, QStringLiteral("%1 has the key '%2' twice").arg(name, key));
            // An empty value has no line of its own.
            if (entry.second.IsNull())
                fail(entry.first, QStringLiteral("the key '%1' has no value").arg(key));
            map.values.insert(key, entry.second);
        }
        return map;
    }

    YAML::Node require(const Map &map, const char *key) const
    {
        const auto found = map.values.constFind(QString::fromLatin1(key));
        if (found == map.values.constEnd())
            fail(map.node, QStringLiteral("%1 lacks the key '%2'").arg(map.name, QLatin1StringView(key)));
        return *found;
    }

    QList<YAML::Node> listOf(const YAML::Node &node, const QString &name) const
    {
        if (!node.IsSequence() || node.size() == 0)
            fail(node, name + QStringLiteral(" must be a list with at least one item"));
        QList<YAML::Node> items;
        for (const YAML::Node &item : node)
            items.append(item);
        return items;
    }

    QString plain(const YAML::Node &node, const QString &name) const
    {
        const QString value = node.IsScalar() ? QString::fromStdString(node.Scalar()).trimmed() : QString();
        if (value.isEmpty())
            fail(node, name + QStringLiteral(" must be text"));
        return value;
    }

    void checkParam(const YAML::Node &node, const QString &param) const
    {
        if (!m_rule.params.contains(param))
            fail(node,
                 withHint(QStringLiteral("'%1' is no param of %2").arg(param, m_rule.kind), param, m_rule.params));
    }

    MailText text(const YAML::Node &node, const QString &name) const
    {
        const QString value = plain(node, name).simplified();
        const domain::ParsedMailText parsed = domain::parseMailText(value, domain::MailSyntax::Param);
        if (parsed.badAt >= 0)
            fail(node,
                 QStringLiteral("%1: a brace that belongs to no {param}, at \"%2\"")
                     .arg(name, value.sliced(parsed.badAt, std::min(value.size() - parsed.badAt, qsizetype(20)))));
        for (const QString &param : parsed.text.params())
            checkParam(node, param);
        return parsed.text;
    }

    MailVariants variants(const YAML::Node &node, const QString &name) const
    {
        if (!node.IsSequence())
            return {text(node, name)};
        MailVariants result;
        for (const YAML::Node &item : listOf(node, name))
            result.append(text(item, name));
        return result;
    }

    bool fitsAlways(const MailText &text) const
    {
        const QStringList params = text.params();
        return std::all_of(params.cbegin(), params.cend(),
                           [this](const QString &param) { return m_rule.always.contains(param); });
    }

    MailVariants lastFitsAlways(const Map &map, const char *key) const
    {
        const YAML::Node node = require(map, key);
        MailVariants result = variants(node, QString::fromLatin1(key));
        if (!fitsAlways(result.constLast()))
            fail(node, QStringLiteral("the last variant of '%1' must do without params that can be missing")
                           .arg(QLatin1StringView(key)));
        return result;
    }

    QList<domain::MailCondition> conditionList(const YAML::Node &node) const
    {
        QList<domain::MailCondition> result;
        for (const YAML::Node &item :
             node.IsSequence() ? listOf(node, QStringLiteral("a condition")) : QList<YAML::Node>{node}) {
            const QString written = plain(item, QStringLiteral("a condition"));
            const qsizetype equals = written.indexOf(QLatin1Char('='));
            domain::MailCondition condition;
            condition.param = written.first(equals < 0 ? written.size() : equals).trimmed();
            if (equals >= 0)
                condition.value = written.sliced(equals + 1).trimmed();
            if (condition.value && condition.value->isEmpty())
                fail(item, QStringLiteral("the condition '%1' names no value").arg(written));
            checkParam(item, condition.param);
            result.append(condition);
        }
        return result;
    }

    MailConditions conditions(const Map &map) const
    {
        MailConditions result;
        if (const auto when = map.values.constFind(QStringLiteral("when")); when != map.values.constEnd())
            result.when = conditionList(*when);
        if (const auto unless = map.values.constFind(QStringLiteral("unless")); unless != map.values.constEnd())
            result.unless = conditionList(*unless);
        return result;
    }

    domain::MailParagraph paragraph(const YAML::Node &node) const
    {
        if (!node.IsMap())
            return {{}, variants(node, QStringLiteral("a paragraph"))};
        const Map map = mapOf(node, QStringLiteral("a paragraph"), {"text", "when", "unless"});
        return {conditions(map), variants(require(map, "text"), QStringLiteral("a paragraph"))};
    }

    domain::MailFact fact(const YAML::Node &node) const
    {
        const Map map = mapOf(node, QStringLiteral("a fact"), {"label", "value", "when", "unless"});
        return {conditions(map), plain(require(map, "label"), QStringLiteral("label")),
                variants(require(map, "value"), QStringLiteral("value"))};
    }

    domain::MailButton button(const YAML::Node &node) const
    {
        const Map map = mapOf(node, QStringLiteral("a button"), {"text", "url", "when", "unless"});
        domain::MailButton button{conditions(map), text(require(map, "text"), QStringLiteral("text")),
                                  text(require(map, "url"), QStringLiteral("url"))};
        const domain::MailPiece &first = button.url.pieces.constFirst();
        if (!first.isParam && !first.text.startsWith(QLatin1StringView("https://")) &&
            !first.text.startsWith(QLatin1StringView("http://")))
            fail(require(map, "url"), QStringLiteral("an address begins with https://, http:// or a {param}"));
        return button;
    }

    QList<domain::MailButton> buttons(const YAML::Node &node) const
    {
        if (!node.IsSequence())
            return {button(node)};
        QList<domain::MailButton> result;
        for (const YAML::Node &item : listOf(node, QStringLiteral("button")))
            result.append(button(item));
        return result;
    }

    /// Quoted scalars are strings; plain ones what they look like.
    QJsonValue json(const YAML::Node &node) const
    {
        if (node.IsMap()) {
            QJsonObject object;
            for (const auto &entry : node)
                object.insert(plain(entry.first, QStringLiteral("metadata")), json(entry.second));
            return object;
        }
        if (node.IsSequence()) {
            QJsonArray array;
            for (const YAML::Node &item : node)
                array.append(json(item));
            return array;
        }
        if (node.IsNull())
            return QJsonValue::Null;
        qint64 whole = 0;
        double number = 0;
        bool flag = false;
        const bool quoted = node.Tag() == "!";
        if (!quoted && YAML::convert<qint64>::decode(node, whole))
            return whole;
        if (!quoted && YAML::convert<double>::decode(node, number))
            return number;
        if (!quoted && YAML::convert<bool>::decode(node, flag))
            return flag;
        return QString::fromStdString(node.Scalar());
    }

    QString m_file;
    const MailTemplateRule &m_rule;
};

/// Its files, under the names that messages give them.
class Folder {
public:
    explicit Folder(const QString &path) : m_dir(path) {}

    QString shown(const QString &name) const
    {
        const QString path = m_dir.filePath(name);
        return path.startsWith(QLatin1StringView(":/")) ? path.sliced(2) : path;
    }
    QByteArray content(const QString &name) const
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            throw LoadFailure{mailTemplateError(shown(name), 1, QStringLiteral("the file cannot be read"))};
        return file.readAll();
    }
    YAML::Node yaml(const QString &name) const
    {
        try {
            return YAML::Load(content(name).toStdString());
        } catch (const YAML::Exception &e) {
            throw LoadFailure{
                mailTemplateError(shown(name), e.mark.is_null() ? 1 : e.mark.line + 1, QString::fromStdString(e.msg))};
        }
    }
    domain::MailSkeleton layout(const QString &name) const
    {
        auto skeleton = readMailLayout(shown(name), content(name));
        if (!skeleton)
            throw LoadFailure{skeleton.error()};
        return *skeleton;
    }
    QStringList files(const QString &below) const
    {
        return QDir(m_dir.filePath(below)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

private:
    QDir m_dir;
};

QString fileOf(const QString &kind)
{
    return QStringLiteral("kinds/%1.yaml").arg(kind);
}

void refuseStrangers(const Folder &folder, const QList<MailTemplateRule> &rules)
{
    QStringList kinds;
    for (const MailTemplateRule &rule : rules)
        kinds.append(rule.kind);
    for (const QString &name : folder.files(QStringLiteral("kinds"))) {
        const QString kind = name.endsWith(QLatin1StringView(".yaml")) ? name.chopped(5) : QString();
        if (kinds.contains(kind))
            continue;
        const QString what = domain::findAuditKind(kind)
                                 ? QStringLiteral("the kind %1 sends no mail").arg(kind)
                                 : withHint(QStringLiteral("there is no mailed kind of this name"), kind, kinds);
        throw LoadFailure{mailTemplateError(folder.shown(QStringLiteral("kinds/") + name), 1, what)};
    }
}

MailTemplate readTemplate(const Folder &folder, const MailTemplateRule &rule)
{
    const QString name = fileOf(rule.kind);
    const YAML::Node root = folder.yaml(name);
    const KindReader reader(folder.shown(name), rule);
    MailTemplate mail;
    if (const QString other = reader.like(root); !other.isEmpty()) {
        const QString source = fileOf(other);
        if (other == rule.kind || !folder.files(QStringLiteral("kinds")).contains(other + QStringLiteral(".yaml")))
            reader.fail(root["like"], QStringLiteral("there is no other template '%1'").arg(other));
        // Under this kind's rule: what the other's texts use must be known here, too.
        mail = KindReader(folder.shown(source), rule).texts(folder.yaml(source));
    } else {
        mail = reader.texts(root);
    }
    mail.sample = reader.sample(root);
    return mail;
}

} // namespace

Result<MailTemplateSet> readMailTemplates(const QString &path, const QList<MailTemplateRule> &rules)
{
    try {
        const Folder folder(path);
        MailTemplateSet set;
        set.layout.html = folder.layout(QStringLiteral("layout.html"));
        set.layout.text = folder.layout(QStringLiteral("layout.txt"));
        refuseStrangers(folder, rules);
        for (const MailTemplateRule &rule : rules)
            set.templates.append(readTemplate(folder, rule));
        return set;
    } catch (const LoadFailure &failure) {
        return failure.error;
    } catch (const YAML::Exception &e) {
        return mailTemplateError(path, e.mark.is_null() ? 1 : e.mark.line + 1, QString::fromStdString(e.msg));
    }
}

} // namespace platform
