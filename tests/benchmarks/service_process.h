#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

// Real processes of the built services.
namespace broadsheet::benchmarks {

// A TCP port of the loopback interface that was free a moment ago.
int FreePort();

// Bytes of all files below a directory.
uint64_t BytesOnDisk(const std::filesystem::path& directory);

struct Memory {
  uint64_t resident_bytes = 0;   // VmRSS, shared and file pages included
  uint64_t anonymous_bytes = 0;  // RssAnon: the heap
  uint64_t peak_bytes = 0;       // VmHWM
};

// A child process, ended with SIGTERM (and waited for) by the destructor.
class ServiceProcess {
 public:
  // Starts `program` with `arguments`; its log goes to `log`. Throws std::runtime_error when it cannot be started.
  ServiceProcess(const std::filesystem::path& program, std::vector<std::string> arguments,
                 const std::filesystem::path& log);
  ~ServiceProcess();

  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

  Memory MemoryUse() const;

 private:
  pid_t pid_;
};

}  // namespace broadsheet::benchmarks
