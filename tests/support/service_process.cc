#include "support/service_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace broadsheet::support {
namespace {

using std::chrono::steady_clock;

constexpr auto kStartTimeout = std::chrono::seconds(30);
constexpr auto kPoll = std::chrono::milliseconds(5);

int CodeOf(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

sockaddr_in LoopbackAddress(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

bool Accepts(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = LoopbackAddress(port);
  bool connected = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return connected;
}

// Asks until `answered` is true; throws when the process ends or does not come up.
template <typename Ask>
void WaitUntil(const Process& process, Ask answered) {
  for (auto start = steady_clock::now(); !answered(); std::this_thread::sleep_for(kPoll)) {
    if (!process.running()) throw std::runtime_error("a service ended at its start; see its log");
    if (steady_clock::now() - start > kStartTimeout) throw std::runtime_error("a service did not come up");
  }
}

std::shared_ptr<grpc::Channel> ChannelTo(int port) {
  return grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials());
}

}  // namespace

int FreePort() {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = LoopbackAddress(0);
  socklen_t size = sizeof address;
  bool bound = bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
               getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(fd);
  if (!bound) throw std::runtime_error("no free port on the loopback interface");
  return ntohs(address.sin_port);
}

std::string ProgramPath(const char* name) {
  return std::string(BROADSHEET_BIN_DIR) + "/" + name;
}

uint64_t BytesOnDisk(const std::filesystem::path& directory) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

Process::Process(std::vector<std::string> command, const std::filesystem::path& log) {
  std::vector<char*> argv;
  for (auto& argument : command)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  int error = posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + command[0]);
}

Process::~Process() {
  End(SIGTERM);
}

int Process::End(int signal) {
  if (code_ < 0) kill(pid_, signal);
  return Wait();
}

int Process::Wait() {
  int status = 0;
  if (code_ < 0 && waitpid(pid_, &status, 0) == pid_) code_ = CodeOf(status);
  return code_;
}

bool Process::running() const {
  siginfo_t info{};
  return code_ < 0 && waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == 0;
}

Memory Process::MemoryUse() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  Memory memory;
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string key;
    uint64_t kilobytes = 0;
    words >> key >> kilobytes;
    if (key == "VmRSS:") memory.resident_bytes = kilobytes * 1024;
    if (key == "RssAnon:") memory.anonymous_bytes = kilobytes * 1024;
    if (key == "VmHWM:") memory.peak_bytes = kilobytes * 1024;
  }
  return memory;
}

double Process::ProcessorSeconds() const {
  std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  std::getline(stat, line);
  // The name, which may hold anything, ends at the last bracket; utime and stime are the 12th and 13th field after it.
  std::istringstream fields(line.substr(line.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i)
    fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

IngestProcess::IngestProcess(const std::filesystem::path& data_directory, std::vector<std::string> arguments,
                             std::vector<std::string> wrapper, const std::string& program)
    : port_(FreePort()), address_("127.0.0.1:" + std::to_string(port_)) {
  std::vector<std::string> command = std::move(wrapper);
  command.insert(command.end(), {program.empty() ? ProgramPath("ingest-service") : program, "--data-dir",
                                 data_directory.string(), "--listen", address_, "--log-level", "warn"});
  command.insert(command.end(), arguments.begin(), arguments.end());
  process_ = std::make_unique<Process>(std::move(command), data_directory / "ingest.log");
  // A channel that failed to connect once waits for seconds before it tries again.
  WaitUntil(*process_, [this] { return Accepts(port_); });
  client_ = MakeIngestClient(ChannelTo(port_));
  WaitUntil(*process_, [this] {
    grpc::ClientContext context;
    v1::GetIngestStatusResponse status;
    return client_->GetIngestStatus(&context, {}, &status).ok();
  });
}

void IngestProcess::WaitVisible(int64_t sequence) {
  for (;; std::this_thread::sleep_for(kPoll)) {
    grpc::ClientContext context;
    v1::GetIngestStatusResponse status;
    if (!client_->GetIngestStatus(&context, {}, &status).ok())
      throw std::runtime_error("ingest-service does not answer");
    if (status.index_sequence() >= sequence) return;
  }
}

SearchProcess::SearchProcess(const std::filesystem::path& data_directory, std::vector<std::string> arguments)
    : port_(FreePort()), address_("127.0.0.1:" + std::to_string(port_)) {
  std::vector<std::string> command = {ProgramPath("search-service"),
                                      "--index-dir",
                                      (data_directory / "index").string(),
                                      "--listen",
                                      address_,
                                      "--log-level",
                                      "warn"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  process_ = std::make_unique<Process>(std::move(command), data_directory / "search.log");
  // A channel that failed to connect once waits for seconds before it tries again.
  WaitUntil(*process_, [this] { return Accepts(port_); });
  client_ = MakeSearchClient(ChannelTo(port_));
  WaitUntil(*process_, [this] {
    grpc::ClientContext context;
    v1::GetIndexInfoResponse info;
    return client_->GetIndexInfo(&context, {}, &info).ok();
  });
}

}  // namespace broadsheet::support
