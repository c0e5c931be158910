// Watches the system calls of a real ingest-service: no acknowledgement may leave it before the fdatasync that covers
// its row, and each commit of the index must be followed by an fsync of the directory.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "e2e/system_call_trace.h"
#include "support/service_process.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kArticles = 12;

std::string IdOf(int number) {
  return absl::StrCat("traced-article-", number, ".");
}

std::vector<std::string> AllIds() {
  std::vector<std::string> ids;
  for (int i = 0; i < kArticles; ++i)
    ids.push_back(IdOf(i));
  return ids;
}

bool CanTrace(const std::filesystem::path& directory) {
  try {
    support::Process probe({"strace", "-f", "-o", (directory / "probe").string(), "true"}, directory / "probe.log");
    return probe.Wait() == 0;
  } catch (const std::runtime_error&) {
    return false;
  }
}

// AddressSanitizer's search for leaks at the end traces the process, too, and there can be one tracer only.
std::string WithoutSearchForLeaks() {
  const char* options = std::getenv("ASAN_OPTIONS");
  return absl::StrCat("ASAN_OPTIONS=", options == nullptr ? "" : options, " detect_leaks=0");
}

// Ends the service itself, so that strace sees its last commit, too.
void EndTraced(support::Process& strace) {
  std::string pid = std::to_string(strace.pid());
  std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
  pid_t service = 0;
  ASSERT_TRUE(children >> service);
  ASSERT_EQ(kill(service, SIGTERM), 0);
  EXPECT_EQ(strace.Wait(), 0);
}

// Ingests a few articles one at a time, each until it is visible, into a service under strace.
std::vector<support::SystemCall> TraceService(const std::filesystem::path& directory, const std::string& program) {
  auto trace = directory / "trace";
  {
    support::IngestProcess service(
        directory, {},
        {"strace", "-E", WithoutSearchForLeaks(), "-f", "-y", "-yy", "-s", "20000", "-o", trace.string(), "-e",
         "trace=pwrite64,fdatasync,fsync,rename,renameat,renameat2,sendmsg,write,writev"},
        program);
    for (int i = 0; i < kArticles; ++i) {
      v1::IngestArticleRequest request;
      request.mutable_article()->set_id(IdOf(i));
      request.mutable_article()->set_text(absl::StrCat("The ferry number ", i, " sailed at noon."));
      if (i % 3 == 0) request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
      v1::IngestArticleResponse response;
      grpc::ClientContext context;
      auto status = service.client().IngestArticle(&context, request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
    }
    EndTraced(service.process());
  }
  return support::ReadTrace(trace);
}

TEST(DurabilityOrder, NothingIsAcknowledgedBeforeItIsOnDiskAndEachCommitSyncsItsDirectory) {
  support::TempDirectory directory;
  if (!CanTrace(directory.path())) {
    std::cout << "SKIPPED: strace cannot trace processes here\n";
    exit(77);
  }
  auto trace = TraceService(directory.path(), "");
  EXPECT_GE(support::CountIndexCommits(trace), 4);
  EXPECT_THAT(support::FindDisorder(trace, AllIds()), IsEmpty());
}

TEST(DurabilityOrder, TheCheckFailsForAServiceThatDoesNotSync) {
  support::TempDirectory directory;
  if (!CanTrace(directory.path())) GTEST_SKIP() << "strace cannot trace processes here";
  auto trace = TraceService(directory.path(), BROADSHEET_BIN_DIR "/ingest-service-without-sync");
  EXPECT_THAT(support::FindDisorder(trace, AllIds()), Not(IsEmpty()));
}

}  // namespace
}  // namespace broadsheet
