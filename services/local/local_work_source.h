#pragma once
#include "services/local/local_runner.h"
#include "services/usecases/work_source.h"

namespace local {

/// Background work of this process on this database; its principal is the host itself.
class LocalWorkSource final : public usecases::WorkSource {
public:
    explicit LocalWorkSource(const LocalRunner &runner) : m_runner(runner) {}
    domain::Result<domain::Done>
    read(const std::function<domain::Result<domain::Done>(const usecases::Env &)> &body) override;
    domain::Result<domain::Done>
    write(const std::function<domain::Result<domain::Done>(const usecases::Env &)> &body) override;

private:
    const LocalRunner &m_runner;
};

} // namespace local
