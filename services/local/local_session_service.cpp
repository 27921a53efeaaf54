#include "services/local/local_session_service.h"

#include "services/storage/status_repository.h"

#include "build_info.h"

namespace local {

using domain::Result;
using ports::SessionInfo;

QFuture<Result<SessionInfo>> LocalSessionService::whoAmI(ports::CallContext context)
{
    const QDateTime deadline = LocalRunner::deadlineOf(context);
    return m_runner.executor.run<SessionInfo>(storage::Access::Read, deadline,
                                              [&runner = m_runner, context = m_runner.filled(context)](
                                                  storage::Connection &connection) -> Result<SessionInfo> {
                                                  auto facts = storage::serverFacts(connection);
                                                  if (!facts)
                                                      return facts.error();
                                                  SessionInfo info;
                                                  info.principal = context.principal;
                                                  info.backend = storage::engineName(connection.engine()) +
                                                                 QLatin1Char(' ') + facts->version;
                                                  info.serverVersion = QStringLiteral(INSTANODE_VERSION);
                                                  if (context.principal.token) {
                                                      storage::SqlUnitOfWork work(connection, runner.plans);
                                                      auto token = work.tokens().find(*context.principal.token);
                                                      if (!token && token.error().code != domain::ErrorCode::NotFound)
                                                          return token.error();
                                                      if (token)
                                                          info.tokenExpiresAt = token->expiresAt;
                                                  }
                                                  return info;
                                              });
}

} // namespace local
