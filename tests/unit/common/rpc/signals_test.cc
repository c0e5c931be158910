#include "common/rpc/signals.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "common/base/logging.h"

namespace broadsheet {
namespace {

// Each in a process of its own: signals are a property of the process.
class StopSignalsDeathTest : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(StopSignalsDeathTest, WakeTheWaiterAndIgnoreABrokenPipe) {
  auto body = [] {
    StopSignals signals;
    kill(getpid(), SIGPIPE);
    kill(getpid(), SIGTERM);
    _exit(signals.Wait() == SIGTERM ? 7 : 8);
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(7), "");
}

TEST_F(StopSignalsDeathTest, EndTheProcessAtTheSecondSignal) {
  auto body = [] {
    if (!StartLogging("probe", LogFormat::kText, "info").ok()) _exit(1);
    StopSignals signals;
    kill(getpid(), SIGINT);
    signals.Wait();
    kill(getpid(), SIGTERM);
    std::this_thread::sleep_for(std::chrono::hours(1));
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(128 + SIGTERM), "second signal");
}

TEST_F(StopSignalsDeathTest, CanBeAskedFromWithin) {
  auto body = [] {
    {
      StopSignals signals;
      signals.RequestStop();
      if (signals.Wait() != 0) _exit(1);
    }
    _exit(0);
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace broadsheet
