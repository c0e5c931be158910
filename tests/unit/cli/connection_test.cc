#include "cli/connection.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <string>

#include "support/temp_directory.h"

namespace broadsheet::cli {
namespace {

// A socket on which connections are made, but never answered.
class SilentSocket {
 public:
  explicit SilentSocket(const std::string& path) : fd_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{.sun_family = AF_UNIX};
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(fd_, 8), 0);
  }
  ~SilentSocket() { close(fd_); }

 private:
  const int fd_;
};

TEST(Connection, WaitsLongerForASlowPeerThanForItsNextAttempt) {
  support::TempDirectory directory;
  const std::string path = (directory.path() / "silent").string();
  const SilentSocket silent(path);
  const auto channel = Connect({"search-service", "unix:" + path, "--search"});
  ASSERT_EQ(channel->GetState(/*try_to_connect=*/true), GRPC_CHANNEL_IDLE);
  const auto until = std::chrono::system_clock::now() + std::chrono::seconds(1);
  grpc_connectivity_state state = GRPC_CHANNEL_IDLE;
  while (channel->WaitForStateChange(state, until))
    state = channel->GetState(false);
  EXPECT_EQ(state, GRPC_CHANNEL_CONNECTING);
}

}  // namespace
}  // namespace broadsheet::cli
