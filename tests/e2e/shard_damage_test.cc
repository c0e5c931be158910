// One byte of a sealed shard is flipped under the real services: it is named, left out and restored, and everything is
// found again as it was; also when ingest-service is killed meanwhile.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/index/manifest.h"
#include "support/damage.h"
#include "support/index_audit.h"
#include "support/service_process.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

using support::IngestProcess;
using support::SearchProcess;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kArticles = 2'400;
constexpr int kBatch = 100;
const std::vector<std::string> kArguments = {"--hot-shard-articles",    "300", "--verify-seconds", "1",
                                             "--verify-mib-per-second", "500"};

constexpr const char* kWords[] = {"harbour",  "ferry",  "council", "budget", "storm",  "vote",   "railway", "bridge",
                                  "minister", "strike", "flood",   "school", "market", "police", "court",   "harvest"};

// What a client sees of one article: its sequence, hash and original, or that there is none.
using Answers = std::map<std::string, std::string>;

class ShardDamage : public ::testing::Test {
 protected:
  ShardDamage() {
    StartIngest();
    for (int first = 0; first < kArticles; first += kBatch)
      Send(first, 1);
    for (int first = 0; first < kArticles / 2; first += kBatch)
      Send(first, 2);
    for (int i = 0; i < kArticles; i += 37)
      Delete(i);
    ingest_->WaitVisible(newest_);
    WaitForStatus([](const auto& shards) { return shards.sealed() > 0 && shards.frozen() == 0 && !shards.sealing(); });
    search_ = std::make_unique<SearchProcess>(data_.path());
  }

  void StartIngest() { ingest_ = std::make_unique<IngestProcess>(data_.path(), kArguments); }

  static std::string Id(int i) { return absl::StrCat("article-", i); }

  // Every fifth has nearly the text of the one five hundred before it.
  static v1::RawArticle Article(int i, int version) {
    const int text = i % 5 == 0 && i >= 500 ? i - 500 : i;
    std::mt19937 random(static_cast<unsigned>(text));
    std::string body;
    for (int word = 0; word < 150; ++word)
      absl::StrAppend(&body, kWords[random() % std::size(kWords)], random() % 40, " ");
    v1::RawArticle article;
    article.set_id(Id(i));
    article.set_title(absl::StrCat("Report ", i, ", version ", version));
    article.set_text(absl::StrCat(body, text == i ? "" : "again", version > 1 ? " corrected" : ""));
    article.set_source(absl::StrCat("Outlet ", i % 7));
    return article;
  }

  void Send(int first, int version) {
    v1::IngestArticlesRequest request;
    for (int i = first; i < first + kBatch; ++i)
      *request.add_articles() = Article(i, version);
    grpc::ClientContext context;
    v1::IngestArticlesResponse response;
    ASSERT_TRUE(ingest_->client().IngestArticles(&context, request, &response).ok());
    for (const auto& result : response.results())
      newest_ = std::max(newest_, result.sequence());
  }

  void Delete(int i) {
    v1::DeleteArticleRequest request;
    request.mutable_deletion()->set_id(Id(i));
    grpc::ClientContext context;
    v1::DeleteArticleResponse response;
    ASSERT_TRUE(ingest_->client().DeleteArticle(&context, request, &response).ok());
    newest_ = std::max(newest_, response.result().sequence());
  }

  // Ends the test: whoever waits for a service that is gone would wait for ever.
  static void OrThrow(const grpc::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.error_message());
  }

  v1::IndexShards Status() {
    grpc::ClientContext context;
    v1::GetIngestStatusResponse status;
    OrThrow(ingest_->client().GetIngestStatus(&context, {}, &status));
    return status.index_shards();
  }

  v1::IndexShards WaitForStatus(const std::function<bool(const v1::IndexShards&)>& done) {
    for (;; std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
      if (v1::IndexShards shards = Status(); done(shards)) return shards;
    }
  }

  v1::GetIndexInfoResponse IndexInfo() {
    grpc::ClientContext context;
    v1::GetIndexInfoResponse info;
    OrThrow(search_->client().GetIndexInfo(&context, {}, &info));
    return info;
  }

  // Waits until search leaves a shard out, and returns what it says of it.
  v1::Shard WaitUntilLeftOut() {
    for (;; std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
      const v1::GetIndexInfoResponse info = IndexInfo();
      for (const v1::Shard& shard : info.shards()) {
        if (shard.state() == v1::SHARD_STATE_DAMAGED) return shard;
      }
    }
  }

  void WaitUntilWhole() {
    WaitForStatus([](const auto& shards) { return shards.damaged() == 0; });
    const auto left_out = [](const v1::Shard& shard) { return shard.state() == v1::SHARD_STATE_DAMAGED; };
    for (;; std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
      const v1::GetIndexInfoResponse info = IndexInfo();
      if (std::none_of(info.shards().begin(), info.shards().end(), left_out)) return;
    }
  }

  grpc::Status Get(const std::string& id, v1::GetArticleResponse& response) {
    v1::GetArticleRequest request;
    request.set_id(id);
    grpc::ClientContext context;
    return search_->client().GetArticle(&context, request, &response);
  }

  Answers AskAll() {
    Answers answers;
    for (int i = 0; i < kArticles; ++i) {
      v1::GetArticleResponse response;
      const grpc::Status status = Get(Id(i), response);
      const v1::Article& article = response.article();
      answers[Id(i)] = status.ok() ? absl::StrCat(article.sequence(), " ", article.content_hash(), " copy of \"",
                                                  article.copy_of(), "\"")
                                   : absl::StrCat("error ", static_cast<int>(status.error_code()));
    }
    for (const char* word : kWords) {
      v1::SearchRequest request;
      request.set_query(absl::StrCat(word, "7"));
      request.set_page_size(0);
      grpc::ClientContext context;
      v1::SearchResponse response;
      EXPECT_TRUE(search_->client().Search(&context, request, &response).ok());
      answers[absl::StrCat("total of ", word)] = absl::StrCat(response.total().value());
    }
    return answers;
  }

  // Nobody finds what was overtaken: an article is as it was before or, while its shard is left out, not to be had.
  void ExpectNothingOld(const Answers& before) {
    int not_to_be_had = 0;
    for (int i = 0; i < kArticles; i += 11) {
      v1::GetArticleResponse response;
      const grpc::Status status = Get(Id(i), response);
      if (before.at(Id(i)).starts_with("error")) {
        EXPECT_FALSE(status.ok()) << Id(i);
      } else if (status.ok()) {
        EXPECT_TRUE(before.at(Id(i)).starts_with(absl::StrCat(response.article().sequence(), " "))) << Id(i);
      } else {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << Id(i) << ": " << status.error_message();
        ++not_to_be_had;
      }
    }
    std::cout << not_to_be_had << " of " << kArticles / 11 << " articles not to be had\n";
  }

  // The sealed shard with the most documents.
  ShardEntry Largest() const {
    const Manifest manifest = ReadManifest(data_.path() / "index").value();
    ShardEntry largest;
    for (const ShardEntry& shard : manifest.shards) {
      if (shard.state == ShardState::kSealed && shard.documents > largest.documents) largest = shard;
    }
    return largest;
  }

  std::filesystem::path FileOf(const ShardEntry& shard, const std::string& name) const {
    return data_.path() / "index" / shard.uuid / name;
  }

  void ExpectAsRebuilt() {
    search_.reset();
    EXPECT_EQ(ingest_->process().End(SIGTERM), 0);
    const auto live = data_.path() / "live-index";
    std::filesystem::copy(data_.path() / "index", live, std::filesystem::copy_options::recursive);
    support::Process rebuild({BROADSHEET_BIN_DIR "/ingest-service", "rebuild", "--data-dir", data_.path().string()},
                             data_.path() / "rebuild.log");
    ASSERT_EQ(rebuild.Wait(), 0);
    auto comparison = support::CompareIndexes(live, data_.path() / "index");
    ASSERT_TRUE(comparison.ok()) << comparison.status();
    EXPECT_THAT(comparison->differences, IsEmpty()) << "the index differs from a fresh rebuild";
  }

  support::TempDirectory data_;
  int64_t newest_ = 0;
  std::unique_ptr<IngestProcess> ingest_;
  std::unique_ptr<SearchProcess> search_;
};

TEST_F(ShardDamage, IsNamedLeftOutAndRestoredWithTheSameAnswers) {
  const Answers before = AskAll();
  const v1::IndexShards verified = WaitForStatus([](const auto& shards) { return shards.verified_bytes() > 0; });
  const ShardEntry shard = Largest();
  ASSERT_GT(shard.documents, 300);
  support::FlipByte(FileOf(shard, "docdata.glass"));
  const v1::Shard left_out = WaitUntilLeftOut();
  EXPECT_EQ(left_out.uuid(), shard.uuid);
  ExpectNothingOld(before);
  const v1::IndexShards named =
      WaitForStatus([](const auto& shards) { return shards.damaged() > 0 || shards.restored() > 0; });
  if (named.damaged() > 0) {  // unless it was restored meanwhile
    for (const v1::IndexShard& one : named.shards()) {
      if (one.state() != v1::INDEX_SHARD_STATE_DAMAGED) continue;
      EXPECT_EQ(one.uuid(), shard.uuid);
      EXPECT_THAT(one.damage(), HasSubstr("docdata.glass has another checksum"));
      EXPECT_TRUE(one.has_damaged_time());
    }
  }
  Send(0, 3);  // it is taken, and found, meanwhile
  ingest_->WaitVisible(newest_);
  WaitUntilWhole();
  EXPECT_GT(Status().restored(), 300);
  EXPECT_FALSE(std::filesystem::exists(FileOf(shard, "")));
  Answers after = AskAll();
  for (auto& [key, answer] : before) {
    const int number = key.starts_with("article-") ? std::stoi(key.substr(8)) : 0;
    if (number >= kBatch) {
      EXPECT_TRUE(after[key] == answer || number % 5 == 0) << key;
    }
  }
  ExpectAsRebuilt();
}

TEST_F(ShardDamage, KilledMeanwhileItGoesOn) {
  const Answers before = AskAll();
  std::mt19937 random(20261129);
  int kills = 0;
  for (const char* file : {"postlist.glass", "termlist.glass"}) {
    const ShardEntry shard = Largest();
    support::FlipByte(FileOf(shard, file));
    WaitUntilLeftOut();
    for (int i = 0; i < 3; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 1'200));
      ASSERT_EQ(ingest_->process().End(SIGKILL), 128 + SIGKILL);
      ++kills;
      ExpectNothingOld(before);
      StartIngest();
    }
    WaitUntilWhole();
    WaitForStatus([](const auto& shards) { return shards.frozen() == 0 && !shards.sealing(); });
    EXPECT_EQ(AskAll(), before) << file;
  }
  std::cout << kills << " kills\n";
  ExpectAsRebuilt();
}

}  // namespace
}  // namespace broadsheet
