#include "e2e/crash/commit_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <string_view>

namespace broadsheet::crash {

CommitWatch::CommitWatch(const std::filesystem::path& index) : fd_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  bool watching = false;
  for (const auto& entry : std::filesystem::directory_iterator(index)) {
    if (!entry.is_directory()) continue;
    watching |= inotify_add_watch(fd_, entry.path().c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO) >= 0;
  }
  if (!watching) throw std::runtime_error("there is no shard to watch in " + index.string());
}

CommitWatch::~CommitWatch() {
  close(fd_);
}

void CommitWatch::Read(std::chrono::milliseconds timeout) {
  pollfd wait{fd_, POLLIN, 0};
  if (poll(&wait, 1, static_cast<int>(timeout.count())) <= 0) return;
  alignas(inotify_event) char buffer[64 * 1024];
  ssize_t size = read(fd_, buffer, sizeof buffer);
  for (ssize_t at = 0; at < size;) {
    auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
    std::string_view name(event->len > 0 ? event->name : "");
    if (event->mask & IN_MOVED_TO && name == "iamglass") committing_ = false;
    if (event->mask & (IN_MODIFY | IN_CREATE) && name == "v.tmp") committing_ = true;
    at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
  }
}

bool CommitWatch::WaitForCommit(std::chrono::milliseconds timeout) {
  InsideCommit();
  auto end = std::chrono::steady_clock::now() + timeout;
  while (!committing_) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    Read(left);
  }
  return true;
}

bool CommitWatch::InsideCommit() {
  pollfd ready{fd_, POLLIN, 0};
  while (poll(&ready, 1, 0) > 0)
    Read(std::chrono::milliseconds(0));
  return committing_;
}

}  // namespace broadsheet::crash
