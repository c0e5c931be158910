#include "common/base/logging.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet {
namespace {

LogFormat format = LogFormat::kText;  // set once by StartLogging, before any thread is started
std::string service_name;             // likewise

std::string Json(std::string_view text) {
  return nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The message and its fields in the chosen form; spdlog's pattern adds time and level.
std::string Render(std::string_view message, std::initializer_list<LogField> fields) {
  std::string line;
  if (format == LogFormat::kJson) {
    absl::StrAppend(&line, "\"service\":", Json(service_name), ",\"msg\":", Json(message));
    for (const auto& [key, value] : fields)
      absl::StrAppend(&line, ",", Json(key), ":", Json(value));
  } else {
    absl::StrAppend(&line, std::string(message));
    for (const auto& [key, value] : fields)
      absl::StrAppend(&line, " ", std::string(key), "=", Json(value));
  }
  return line;
}

void Log(spdlog::level::level_enum level, std::string_view message, std::initializer_list<LogField> fields) {
  auto* logger = spdlog::default_logger_raw();
  if (logger->should_log(level)) logger->log(level, Render(message, fields));
}

}  // namespace

absl::Status StartLogging(std::string_view service, LogFormat log_format, std::string_view level) {
  auto parsed = spdlog::level::from_str(std::string(level));
  if (parsed == spdlog::level::off && level != "off") {
    return InvalidField("LOG_LEVEL", "log-level", "must be one of trace, debug, info, warn, error, off");
  }
  format = log_format;
  service_name = std::string(service);
  auto logger = std::make_shared<spdlog::logger>(service_name, std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern(format == LogFormat::kJson ? R"({"ts":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                                 : "%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  logger->set_level(parsed);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
  return absl::OkStatus();
}

void LogDebug(std::string_view message, std::initializer_list<LogField> fields) {
  Log(spdlog::level::debug, message, fields);
}
void LogInfo(std::string_view message, std::initializer_list<LogField> fields) {
  Log(spdlog::level::info, message, fields);
}
void LogWarning(std::string_view message, std::initializer_list<LogField> fields) {
  Log(spdlog::level::warn, message, fields);
}
void LogError(std::string_view message, std::initializer_list<LogField> fields) {
  Log(spdlog::level::err, message, fields);
}

bool LogsInfo() {
  return spdlog::default_logger_raw()->should_log(spdlog::level::info);
}
bool LogsDebug() {
  return spdlog::default_logger_raw()->should_log(spdlog::level::debug);
}

}  // namespace broadsheet
