#include "common/base/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

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

// Two threads, one of which a heavy task holds.
class ExecutorLanesTest : public testing::Test {
 protected:
  void Hold() {
    ASSERT_TRUE(executor_.TrySubmit(
        [this] {
          holding_.count_down();
          release_.wait();
        },
        Lane::kHeavy));
    holding_.wait();
  }

  // Runs a light task to its end.
  bool RunLight() {
    std::latch ran{1};
    if (!executor_.TrySubmit([&ran] { ran.count_down(); })) return false;
    ran.wait();
    return true;
  }

  std::latch holding_{1};
  std::latch release_{1};
  std::atomic<int> heavy_ran_ = 0;
  Executor executor_{2, 8};
};

TEST_F(ExecutorLanesTest, HeavyTasksLeaveAThreadToLightOnes) {
  Hold();
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(executor_.TrySubmit([this] { ++heavy_ran_; }, Lane::kHeavy));
  EXPECT_TRUE(RunLight());
  EXPECT_TRUE(RunLight());
  EXPECT_EQ(heavy_ran_, 0);
  EXPECT_EQ(executor_.queued(), 3u);
  release_.count_down();
  for (int i = 0; i < 1'000 && heavy_ran_ < 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(heavy_ran_, 3);
}

TEST_F(ExecutorLanesTest, HeavyTasksDoNotFillTheQueue) {
  Hold();
  for (int i = 0; i < 6; ++i)
    ASSERT_TRUE(executor_.TrySubmit([] {}, Lane::kHeavy));
  EXPECT_FALSE(executor_.TrySubmit([] { FAIL() << "a refused task ran"; }, Lane::kHeavy));
  EXPECT_TRUE(RunLight());
  release_.count_down();
}

TEST_F(ExecutorLanesTest, ATaskThatTurnsOutHeavyGoesOnOnlyWhereOneMay) {
  auto becomes_heavy = [this] {
    bool may = false;
    std::latch ran{1};
    EXPECT_TRUE(executor_.TrySubmit([&] {
      may = executor_.TryBecomeHeavy();
      ran.count_down();
    }));
    ran.wait();
    return may;
  };
  EXPECT_TRUE(becomes_heavy());
  EXPECT_TRUE(RunLight());
  EXPECT_TRUE(becomes_heavy());  // what the first one took was given back
  Hold();
  EXPECT_FALSE(becomes_heavy());
  release_.count_down();
}

TEST_F(ExecutorLanesTest, ATaskThatBecameHeavyCounts) {
  std::latch became{1};
  ASSERT_TRUE(executor_.TrySubmit([&] {
    EXPECT_TRUE(executor_.TryBecomeHeavy());
    EXPECT_TRUE(executor_.TryBecomeHeavy());  // asked twice, it counts once
    became.count_down();
    release_.wait();
  }));
  became.wait();
  ASSERT_TRUE(executor_.TrySubmit([this] { ++heavy_ran_; }, Lane::kHeavy));
  EXPECT_TRUE(RunLight());
  EXPECT_EQ(heavy_ran_, 0);
  release_.count_down();
}

TEST(ExecutorTest, OneThreadRunsBothLanesAndNeitherStarves) {
  std::vector<char> order;
  {
    Executor executor(1, 100);
    Blockade blockade(executor);
    for (int i = 0; i < 3; ++i)
      ASSERT_TRUE(executor.TrySubmit([&] { order.push_back('h'); }, Lane::kHeavy));
    for (int i = 0; i < 20; ++i)
      ASSERT_TRUE(executor.TrySubmit([&] { order.push_back('l'); }));
    blockade.Release();
  }
  EXPECT_EQ(std::string(order.begin(), order.end()), "llllllllhllllllllhllllh");
}

TEST(ExecutorTest, ItsEndRunsHeavyTasksToo) {
  std::atomic<int> ran = 0;
  {
    Executor executor(3, 40);
    for (int i = 0; i < 20; ++i) {
      ASSERT_TRUE(executor.TrySubmit([&ran] { ++ran; }, Lane::kHeavy));
      ASSERT_TRUE(executor.TrySubmit([&ran] { ++ran; }));
    }
  }
  EXPECT_EQ(ran, 40);
}

}  // namespace
}  // namespace broadsheet
