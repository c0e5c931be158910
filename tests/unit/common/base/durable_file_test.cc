#include "common/base/durable_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "common/base/error.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

using Code = absl::StatusCode;
using support::TempDirectory;

TEST(ReplaceFileTest, WhatIsWrittenIsRead) {
  TempDirectory directory;
  auto path = directory.path() / "file";
  for (const std::string& content :
       {std::string("first"), std::string(), std::string("a\0b\n", 4), std::string(3'000'000, 'x')}) {
    ASSERT_TRUE(ReplaceFile(path, content).ok());
    EXPECT_EQ(ReadFile(path).value(), content);
  }
}

TEST(ReplaceFileTest, AReaderOfTheOldFileKeepsItAndNothingIsLeftBeside) {
  TempDirectory directory;
  auto path = directory.path() / "file";
  ASSERT_TRUE(ReplaceFile(path, "old").ok());
  std::ifstream old(path);
  ASSERT_TRUE(ReplaceFile(path, "new content").ok());
  std::string content;
  std::getline(old, content);
  EXPECT_EQ(content, "old");
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "file.tmp"));
}

TEST(ReplaceFileTest, ATemporaryFileOfACrashIsNoHindrance) {
  TempDirectory directory;
  std::ofstream(directory.path() / "file.tmp") << "the longer rest of a write that a crash cut off";
  ASSERT_TRUE(ReplaceFile(directory.path() / "file", "new").ok());
  EXPECT_EQ(ReadFile(directory.path() / "file").value(), "new");
}

TEST(ReplaceFileTest, AMissingDirectoryIsNamed) {
  absl::Status status = ReplaceFile("/nonexistent/folder/file", "content");
  EXPECT_EQ(status.code(), Code::kInternal);
  EXPECT_NE(status.message().find("/nonexistent/folder/file"), absl::string_view::npos) << status;
}

TEST(ReplaceFileTest, AFullDiskIsAnErrorThatSaysSo) {
  int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (fd < 0) GTEST_SKIP() << "SKIPPED: this machine has no /dev/full";
  close(fd);
  TempDirectory directory;
  std::filesystem::create_symlink("/dev/full", directory.path() / "file.tmp");
  absl::Status status = ReplaceFile(directory.path() / "file", "content");
  EXPECT_EQ(status.code(), Code::kInternal) << status;
  EXPECT_NE(status.message().find("No space left"), absl::string_view::npos) << status;
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "file"));
}

TEST(ReadFileTest, AMissingFileIsNotFound) {
  TempDirectory directory;
  EXPECT_EQ(ReadFile(directory.path() / "none").status().code(), Code::kNotFound);
}

TEST(SyncDirectoryTest, WorksOnDirectoriesOnly) {
  TempDirectory directory;
  EXPECT_TRUE(SyncDirectory(directory.path()).ok());
  EXPECT_FALSE(SyncDirectory(directory.path() / "none").ok());
}

TEST(DirectoryLockTest, ASecondHolderIsRefusedWithTheDirectoryNamed) {
  TempDirectory directory;
  auto first = DirectoryLock::Acquire(directory.path());
  ASSERT_TRUE(first.ok()) << first.status();
  absl::Status second = DirectoryLock::Acquire(directory.path()).status();
  EXPECT_EQ(second.code(), Code::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(second), "DATA_DIRECTORY_IN_USE");
  EXPECT_NE(second.message().find(directory.path().string()), absl::string_view::npos) << second;
}

TEST(DirectoryLockTest, ItIsFreeAgainWhenTheHolderIsGone) {
  TempDirectory directory;
  { ASSERT_TRUE(DirectoryLock::Acquire(directory.path()).ok()); }
  EXPECT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
}

TEST(DirectoryLockTest, AMovedLockIsStillHeld) {
  TempDirectory directory;
  auto first = DirectoryLock::Acquire(directory.path());
  std::optional<DirectoryLock> moved = std::move(*first);
  EXPECT_FALSE(DirectoryLock::Acquire(directory.path()).ok());
  moved.reset();
  EXPECT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
}

// Runs a shell command and returns its exit code.
int RunShell(std::string command) {
  char shell[] = "/bin/sh";
  char option[] = "-c";
  char* arguments[] = {shell, option, command.data(), nullptr};
  pid_t child = 0;
  if (posix_spawn(&child, shell, nullptr, nullptr, arguments, environ) != 0) return -1;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(DirectoryLockTest, AnotherProcessIsRefusedAndAChildDoesNotKeepIt) {
  TempDirectory directory;
  std::string lock_it = "exec 9>>'" + (directory.path() / "LOCK").string() + "' && flock --nonblock 9";
  {
    auto lock = DirectoryLock::Acquire(directory.path());
    ASSERT_TRUE(lock.ok());
    EXPECT_EQ(RunShell(lock_it), 1);
  }
  EXPECT_EQ(RunShell(lock_it), 0);
  EXPECT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
}

TEST(DirectoryLockTest, TheFileIsClosedInChildPrograms) {
  TempDirectory directory;
  auto lock = DirectoryLock::Acquire(directory.path());
  ASSERT_TRUE(lock.ok());
  EXPECT_NE(RunShell("ls -l /proc/self/fd | grep -q '" + (directory.path() / "LOCK").string() + "'"), 0);
}

TEST(DirectoryLockTest, ALockOfAKilledProcessIsFree) {
  TempDirectory directory;
  pid_t child = fork();
  if (child == 0) {
    auto lock = DirectoryLock::Acquire(directory.path());
    kill(getpid(), lock.ok() ? SIGKILL : SIGTERM);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  EXPECT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
}

}  // namespace
}  // namespace broadsheet
