#include "search/follow/exporter.h"

#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

#include "common/base/error.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAreArray;

class ExporterTest : public SearcherTest {
 protected:
  static SearchQuery Ask(const std::string& words) {
    v1::SearchRequest request;
    request.set_query(words);
    request.set_order(v1::ORDER_OLDEST);
    request.set_view(v1::ARTICLE_VIEW_FULL);
    return Validate(request).value();
  }

  Exporter Begin(const SearchQuery& query, const std::string& token = "") {
    std::optional<ResumePosition> resume;
    if (!token.empty()) resume = DecodeResumeToken(token, ResumeKind::kExport, query.fingerprint).value();
    return {query, resume, corpus_.readers(), corpus_.clock()};
  }

  // Everything up to the summary; `between` runs after each slice.
  std::vector<v1::ExportArticlesResponse> Export(
      Exporter& exporter, const std::function<void()>& between = [] {}) {
    std::vector<v1::ExportArticlesResponse> all;
    slices_ = 0;
    while (true) {
      auto slice = exporter.Next(CallContext());
      if (absl::IsAborted(slice.status())) continue;  // as the stream does
      EXPECT_TRUE(slice.ok()) << slice.status();
      if (!slice.ok()) return all;
      ++slices_;
      for (auto& message : slice->messages)
        all.push_back(std::move(message));
      if (slice->finished) return all;
      between();
    }
  }

  static std::vector<std::string> IdsOf(const std::vector<v1::ExportArticlesResponse>& messages) {
    std::vector<std::string> ids;
    for (const auto& message : messages) {
      if (message.has_article()) ids.push_back(message.article().id());
    }
    return ids;
  }

  int slices_ = 0;
};

TEST_F(ExporterTest, BringsEveryMatchInTheOrderOfSequences) {
  for (int i = 0; i < 100; i += 7)
    corpus_.Add(corpus_.Invent("article-" + std::to_string(i)));  // changed: now the newest
  corpus_.index().Commit();
  for (const std::string& word : {std::string("karn"), std::string("murg"), std::string()}) {
    Exporter exporter = Begin(Ask(word));
    const auto messages = Export(exporter);
    EXPECT_THAT(
        IdsOf(messages),
        ElementsAreArray(Expected([&](const v1::Article& article) { return word.empty() || Has(article, word); })));
    ASSERT_FALSE(messages.empty());
    EXPECT_EQ(messages.back().summary().articles(), static_cast<int64_t>(messages.size()) - 1);
    EXPECT_EQ(messages.back().summary().snapshot().sequence(), corpus_.index().sequence());
    EXPECT_FALSE(messages.front().article().body().empty());
  }
}

TEST_F(ExporterTest, GoesOnBehindAnyOfItsElements) {
  const SearchQuery query = Ask("karn");
  Exporter whole = Begin(query);
  const auto messages = Export(whole);
  const auto ids = IdsOf(messages);
  ASSERT_GT(ids.size(), 20u);
  for (size_t i = 0; i < ids.size(); i += 5) {
    Exporter rest = Begin(query, messages[i].resume_token());
    EXPECT_EQ(IdsOf(Export(rest)), std::vector<std::string>(ids.begin() + i + 1, ids.end()));
  }
  Exporter again = Begin(query, messages.back().resume_token());
  EXPECT_TRUE(IdsOf(Export(again)).empty());
  corpus_.Add(messages.front().article());
  corpus_.index().Commit();
  Exporter news = Begin(query, messages.back().resume_token());
  EXPECT_THAT(IdsOf(Export(news)), ::testing::ElementsAre(ids.front())) << "and brings what was written since";
}

TEST_F(ExporterTest, UnderACommittingWriterEachUnchangedArticleComesOnceAndEveryOtherAtLeastOnce) {
  for (int i = 400; i < 2'000; ++i)
    corpus_.Add(corpus_.Invent("article-" + std::to_string(i)));
  corpus_.index().Commit();
  const std::vector<v1::Article> articles = corpus_.articles();
  std::atomic<bool> stop{false};
  std::atomic<int> commits{0};
  std::thread writer([&] {
    for (int round = 0; !stop; ++round) {
      for (int i = round % 20; i < 2'000; i += 200)  // every tenth article changes, the others never
        corpus_.index().Add(articles[i - i % 10]);
      corpus_.index().Commit();
      ++commits;
    }
  });
  Exporter exporter = Begin(Ask(""));
  const auto ids = IdsOf(Export(exporter, [&] {
    for (const int before = commits; commits == before;)
      std::this_thread::yield();
  }));
  stop = true;
  writer.join();
  std::map<std::string, int> times;
  for (const std::string& id : ids)
    ++times[id];
  EXPECT_EQ(times.size(), articles.size());
  for (size_t i = 0; i < articles.size(); ++i) {
    if (i % 10 == 0) continue;
    EXPECT_EQ(times[articles[i].id()], 1) << articles[i].id();
  }
  EXPECT_GT(commits, 10);
  EXPECT_GT(slices_, 10);
}

TEST_F(ExporterTest, ARareMatchTakesFewSlicesAndACommonOneNoMoreThanItsBytes) {
  for (int i = 400; i < 8'000; ++i) {
    v1::Article article;
    article.set_id("more-" + std::to_string(i));
    article.set_language("en");
    article.set_title(i == 7'999 ? "needle" : "hay");
    corpus_.Add(article);
  }
  corpus_.index().Commit();
  Exporter exporter = Begin(Ask("needle"));
  EXPECT_THAT(IdsOf(Export(exporter)), ::testing::ElementsAre("more-7999"));
  EXPECT_LE(slices_, 6);
  Exporter all = Begin(Ask("hay"));
  EXPECT_EQ(IdsOf(Export(all)).size(), 7'599u);
  EXPECT_LE(slices_, 7'600 / 64);
}

TEST_F(ExporterTest, EmbargoesCountAsAtItsBeginning) {
  v1::Article held = corpus_.Invent("held");
  held.set_title("needle");
  held.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(corpus_.clock().Now() + absl::Hours(1)));
  corpus_.Add(held);
  corpus_.index().Commit();
  const SearchQuery query = Ask("needle");
  Exporter early = Begin(query);
  corpus_.clock().Advance(absl::Hours(2));
  const auto nothing = Export(early);
  EXPECT_TRUE(IdsOf(nothing).empty());
  Exporter resumed = Begin(query, nothing.back().resume_token());
  EXPECT_TRUE(IdsOf(Export(resumed)).empty());
  Exporter late = Begin(query);
  EXPECT_THAT(IdsOf(Export(late)), ::testing::ElementsAre("held"));
}

TEST_F(ExporterTest, AnotherLineageAndAMissingSequenceAreErrors) {
  const SearchQuery query = Ask("karn");
  ResumePosition position;
  position.lineage = HashLineage("another");
  Exporter exporter(query, position, corpus_.readers(), corpus_.clock());
  EXPECT_EQ(ReasonOf(exporter.Next(CallContext()).status()), "LINEAGE_MISMATCH");
  SearchQuery ahead = query;
  ahead.min_sequence = 1'000'000;
  Exporter waiting = Begin(ahead);
  EXPECT_EQ(ReasonOf(waiting.Next(CallContext()).status()), "SEQUENCE_NOT_REACHED");
}

}  // namespace
}  // namespace broadsheet::search
