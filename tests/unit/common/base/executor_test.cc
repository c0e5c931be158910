#include "common/base/executor.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <future>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/base/thread_priority.h"

namespace broadsheet {
namespace {

// Occupies the one thread of an executor until released.
class Blockade {
 public:
  explicit Blockade(Executor& executor) {
    EXPECT_TRUE(executor.TrySubmit([this] {
      running_.count_down();
      release_.wait();
    }));
    running_.wait();
  }
  void Release() { release_.count_down(); }

 private:
  std::latch running_{1};
  std::latch release_{1};
};

TEST(ExecutorTest, TasksOfOneThreadRunInOrder) {
  std::vector<int> order;
  {
    Executor executor(1, 100);
    for (int i = 0; i < 50; ++i)
      ASSERT_TRUE(executor.TrySubmit([&order, i] { order.push_back(i); }));
  }
  ASSERT_EQ(order.size(), 50u);
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(order[i], i);
}

TEST(ExecutorTest, AFullQueueRefusesAtOnce) {
  Executor executor(1, 2);
  Blockade blockade(executor);
  EXPECT_TRUE(executor.TrySubmit([] {}));
  EXPECT_TRUE(executor.TrySubmit([] {}));
  EXPECT_EQ(executor.queued(), 2u);
  EXPECT_FALSE(executor.TrySubmit([] { FAIL() << "a refused task ran"; }));
  blockade.Release();
}

TEST(ExecutorTest, ItsEndRunsWhatWasQueued) {
  std::atomic<int> ran = 0;
  {
    Executor executor(1, 10);
    Blockade blockade(executor);
    for (int i = 0; i < 10; ++i)
      ASSERT_TRUE(executor.TrySubmit([&ran] { ++ran; }));
    EXPECT_EQ(ran, 0);
    blockade.Release();
  }
  EXPECT_EQ(ran, 10);
}

TEST(ExecutorTest, AfterItsEndItRefuses) {
  Executor executor(2, 10);
  std::atomic<int> ran{0};
  ASSERT_TRUE(executor.TrySubmit([&] { ++ran; }));
  executor.End();
  EXPECT_EQ(ran, 1);
  EXPECT_FALSE(executor.TrySubmit([&] { ++ran; }));
  executor.End();
  EXPECT_EQ(ran, 1);
}

TEST(ExecutorTest, AsManyTasksRunAtOnceAsThereAreThreads) {
  std::barrier meeting(3);
  Executor executor(3, 3);
  std::latch done(3);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(executor.TrySubmit([&] {
      meeting.arrive_and_wait();  // hangs, and the test times out, unless all three run together
      done.count_down();
    }));
  }
  done.wait();
}

TEST(ExecutorTest, EveryAcceptedTaskOfManyThreadsRunsOnce) {
  std::atomic<int> accepted = 0;
  std::atomic<int> ran = 0;
  {
    Executor executor(2, 8);
    std::vector<std::thread> senders;
    for (int i = 0; i < 4; ++i) {
      senders.emplace_back([&] {
        for (int n = 0; n < 1000; ++n)
          accepted += executor.TrySubmit([&ran] { ++ran; }) ? 1 : 0;
      });
    }
    for (auto& sender : senders)
      sender.join();
  }
  EXPECT_GT(accepted, 0);
  EXPECT_EQ(ran, accepted);
}

TEST(ExecutorTest, WhatATaskHeldIsFreedWithIt) {
  auto held = std::make_shared<int>(7);
  {
    Executor executor(1, 1);
    ASSERT_TRUE(executor.TrySubmit([held] {}));
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(ExecutorTest, ItsThreadsHaveTheNicenessAskedFor) {
  const int own = getpriority(PRIO_PROCESS, 0);
  auto niceness_in = [](Executor& executor) {
    std::promise<int> niceness;
    EXPECT_TRUE(executor.TrySubmit(
        [&] { niceness.set_value(getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)))); }));
    return niceness.get_future().get();
  };
  Executor usual(1, 1);
  EXPECT_EQ(niceness_in(usual), own);
  Executor nicer(1, 1, kBehindCalls);
  EXPECT_EQ(niceness_in(nicer), std::max(own, kBehindCalls));
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), own);
}

TEST(ThreadPriorityTest, IsOnlyLoweredAndHandedOn) {
  std::thread([own = getpriority(PRIO_PROCESS, 0)] {
    auto niceness = [] { return getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))); };
    LowerPriority(kBackground);
    const int lowered = std::max(own, kBackground);
    EXPECT_EQ(niceness(), lowered);
    LowerPriority(kBehindCalls);
    EXPECT_EQ(niceness(), lowered);
    std::thread([&] { EXPECT_EQ(niceness(), lowered); }).join();
  }).join();
}

}  // namespace
}  // namespace broadsheet
