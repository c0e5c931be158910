#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

// Reads what strace wrote (-f -y -s large) of a service, as a list of events in the order in which they began or, for
// calls that make something durable, ended.
namespace broadsheet::support {

struct SystemCall {
  std::string name;  // "fdatasync", "pwrite64", ...
  std::string text;  // arguments, with paths and strings as strace shows them
  bool succeeded = false;
};

// Calls in order of completion. Of a call that strace shows in two parts the end counts.
std::vector<SystemCall> ReadTrace(const std::filesystem::path& file);

// What is wrong with the order of a trace, in words; empty when all is well:
// - an answer that names one of `ids` was sent before an fdatasync of the write-ahead log that followed the last write
//   of that id to it
// - a rename to "iamglass" (the end of a commit of the index) was not followed by an fsync of its directory before the
//   next write to a table of that directory
std::vector<std::string> FindDisorder(const std::vector<SystemCall>& trace, const std::vector<std::string>& ids);

// How many commits of the index the trace shows.
int CountIndexCommits(const std::vector<SystemCall>& trace);

}  // namespace broadsheet::support
