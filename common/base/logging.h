#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

// Structured logging without spdlog in the header. Lower case, no final period, and never article or query text.
// Levels: debug for the expected, warn for the transient, error for what needs a human. Thread-safe.
namespace broadsheet {

enum class LogFormat { kText, kJson };

// Sets up the process's log on standard error. `level` is one of trace, debug, info, warn, error, off.
// INVALID_ARGUMENT names the choices.
absl::Status StartLogging(std::string_view service, LogFormat format, std::string_view level);

using LogField = std::pair<std::string_view, std::string>;

void LogDebug(std::string_view message, std::initializer_list<LogField> fields = {});
void LogInfo(std::string_view message, std::initializer_list<LogField> fields = {});
void LogWarning(std::string_view message, std::initializer_list<LogField> fields = {});
void LogError(std::string_view message, std::initializer_list<LogField> fields = {});

// Whether LogInfo and LogDebug write anything now; lets hot paths skip building fields.
bool LogsInfo();
bool LogsDebug();

}  // namespace broadsheet
