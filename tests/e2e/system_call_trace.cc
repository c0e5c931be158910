#include "e2e/system_call_trace.h"

#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace broadsheet::support {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool IsWriteAheadLog(const SystemCall& call) {
  return Contains(call.text, "archive.db-wal>");
}

bool IsAnswer(const SystemCall& call) {
  return (call.name == "sendmsg" || call.name == "writev" || call.name == "write") && Contains(call.text, "TCP");
}

// "rename(".../<shard>/v.tmp", ".../<shard>/iamglass")": the shard's directory, or nothing.
std::optional<std::string> CommittedDirectory(const SystemCall& call) {
  size_t end = call.text.find("/iamglass\"");
  if (!absl::StartsWith(call.name, "rename") || end == std::string::npos) return std::nullopt;
  size_t begin = call.text.rfind('"', end);
  return call.text.substr(begin + 1, end - begin - 1);
}

// Splits "name(text) = result", which may have more blanks before the sign; nothing for a line of another form.
std::optional<SystemCall> Parse(std::string_view line) {
  constexpr std::string_view kEquals = " = ";
  const size_t open = line.find('('), equals = line.rfind(kEquals);
  if (open == std::string_view::npos || equals == std::string_view::npos) return std::nullopt;
  const size_t close = line.find_last_not_of(' ', equals);
  if (close == std::string_view::npos || close <= open || line[close] != ')') return std::nullopt;
  SystemCall call;
  call.name = std::string(line.substr(0, open));
  call.text = std::string(line.substr(open + 1, close - open - 1));
  call.succeeded = line.substr(equals + kEquals.size(), 1) != "-";
  return call;
}

}  // namespace

std::vector<SystemCall> ReadTrace(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<SystemCall> trace;
  std::map<std::string, std::string, std::less<>> unfinished;  // by process id
  for (std::string line; std::getline(in, line);) {
    size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    std::string process = line.substr(0, space);
    std::string rest = line.substr(line.find_first_not_of(' ', space));
    constexpr std::string_view kUnfinished = " <unfinished ...>", kResumed = " resumed>";
    if (size_t at = rest.find(kUnfinished); at != std::string::npos) {
      unfinished[process] = rest.substr(0, at);
      continue;
    }
    if (size_t at = rest.find(kResumed); at != std::string::npos && absl::StartsWith(rest, "<...")) {
      rest = unfinished[process] + rest.substr(at + kResumed.size());
    }
    if (auto call = Parse(rest)) trace.push_back(*std::move(call));
  }
  return trace;
}

std::vector<std::string> FindDisorder(const std::vector<SystemCall>& trace, const std::vector<std::string>& ids) {
  std::vector<std::string> disorder;
  std::set<std::string> written, durable, answered;  // ids
  std::set<std::string> unsynced;                    // directories with a commit that no fsync followed yet
  for (const auto& call : trace) {
    if (!call.succeeded) continue;
    if (call.name == "pwrite64" && IsWriteAheadLog(call)) {
      for (const auto& id : ids) {
        if (Contains(call.text, id)) written.insert(id), durable.erase(id);
      }
    } else if ((call.name == "fdatasync" || call.name == "fsync") && IsWriteAheadLog(call)) {
      durable.insert(written.begin(), written.end());
    } else if (IsAnswer(call)) {
      for (const auto& id : ids) {
        if (!Contains(call.text, id) || !answered.insert(id).second) continue;
        if (!durable.contains(id)) disorder.push_back(absl::StrCat(id, " was acknowledged before it was durable"));
      }
    } else if (auto directory = CommittedDirectory(call)) {
      unsynced.insert(*directory);
    } else if (call.name == "fsync") {
      std::erase_if(unsynced, [&](const std::string& path) { return Contains(call.text, path + ">"); });
    } else if (call.name == "pwrite64") {
      for (const auto& path : unsynced) {
        if (Contains(call.text, path)) disorder.push_back(absl::StrCat(path, " was written before its fsync"));
      }
    }
  }
  for (const auto& id : ids) {
    if (!answered.contains(id)) disorder.push_back(absl::StrCat("the trace shows no answer for ", id));
  }
  for (const auto& path : unsynced)
    disorder.push_back(absl::StrCat(path, " was committed and never synced"));
  return disorder;
}

int CountIndexCommits(const std::vector<SystemCall>& trace) {
  int commits = 0;
  for (const auto& call : trace)
    commits += call.succeeded && CommittedDirectory(call).has_value();
  return commits;
}

}  // namespace broadsheet::support
