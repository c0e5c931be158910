#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "broadsheet/v1/search.grpc.pb.h"
#include "common/rpc/clients.h"

// Real processes of the built services, on real ports of the loopback interface.
namespace broadsheet::support {

// A TCP port that was free a moment ago.
int FreePort();

// A program that was built beside this one.
std::string ProgramPath(const char* name);

// Bytes of all files below a directory.
uint64_t BytesOnDisk(const std::filesystem::path& directory);

struct Memory {
  uint64_t resident_bytes = 0;   // VmRSS, shared and file pages included
  uint64_t anonymous_bytes = 0;  // RssAnon: the heap
  uint64_t peak_bytes = 0;       // VmHWM
};

// A child process. The destructor ends it with SIGTERM and waits.
class Process {
 public:
  // Starts `command`; its standard error is appended to `log`. Throws std::runtime_error when it cannot be started.
  Process(std::vector<std::string> command, const std::filesystem::path& log);
  ~Process();

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Sends a signal and waits for the end. Returns the exit code, or 128 + signal when a signal ended it.
  int End(int signal);

  // Waits for the end without a signal.
  int Wait();

  bool running() const;
  pid_t pid() const { return pid_; }
  Memory MemoryUse() const;

  // Processor time of all its threads so far, in seconds.
  double ProcessorSeconds() const;

 private:
  pid_t pid_;
  int code_ = -1;  // once it has ended
};

// ingest-service over a data directory, serving when the constructor returns. Throws when it does not come up in 30 s.
class IngestProcess {
 public:
  // `wrapper` is put before the command, for example {"strace", "-f"}. `program` is started instead of ingest-service
  // when it is given.
  explicit IngestProcess(const std::filesystem::path& data_directory, std::vector<std::string> arguments = {},
                         std::vector<std::string> wrapper = {}, const std::string& program = "");

  IngestClient& client() { return *client_; }
  const std::string& address() const { return address_; }
  Process& process() { return *process_; }

  // Waits until search can see `sequence`.
  void WaitVisible(int64_t sequence);

 private:
  int port_;
  std::string address_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<IngestClient> client_;
};

// search-service over DATA/index, likewise.
class SearchProcess {
 public:
  explicit SearchProcess(const std::filesystem::path& data_directory, std::vector<std::string> arguments = {});

  SearchClient& client() { return *client_; }
  const std::string& address() const { return address_; }
  Process& process() { return *process_; }

 private:
  int port_;
  std::string address_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<SearchClient> client_;
};

}  // namespace broadsheet::support
