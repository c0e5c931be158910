#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "search/follow/exporter.h"
#include "search/follow/watcher.h"
#include "unit/search/match/sharded_pair.h"

// What is followed over several shards is what is followed over one.
namespace broadsheet::search {
namespace {

using Changes = ShardedPair::Changes;

class SeveralShardsTest : public ::testing::TestWithParam<Changes> {
 protected:
  static SearchQuery Ask(const std::string& words) {
    v1::SearchRequest request;
    request.set_query(words);
    request.set_order(v1::ORDER_OLDEST);
    request.set_view(v1::ARTICLE_VIEW_FULL);
    return Validate(request).value();
  }

  static std::vector<std::string> Export(Corpus& corpus, const SearchQuery& query) {
    Exporter exporter(query, std::nullopt, corpus.readers(), corpus.clock());
    std::vector<std::string> lines;
    for (bool finished = false; !finished;) {
      auto slice = exporter.Next(CallContext());
      EXPECT_TRUE(slice.ok()) << slice.status();
      if (!slice.ok()) return lines;
      for (v1::ExportArticlesResponse& message : slice->messages)
        lines.push_back(message.ShortDebugString());
      finished = slice->finished;
    }
    return lines;
  }

  // From the first sequence on, then as an hour passes and embargoes with it.
  static std::vector<std::string> Watch(Corpus& corpus, const SearchQuery& query) {
    WatchBoard board;
    Watcher watcher(query, std::nullopt, 0, corpus.readers(), board, corpus.clock());
    std::vector<std::string> lines;
    const absl::Time begin = corpus.clock().Now();
    for (int minutes : {0, 30, 90}) {
      corpus.clock().Set(begin + absl::Minutes(minutes));
      for (bool caught_up = false; !caught_up;) {
        auto turn = watcher.Next(false, CallContext());
        EXPECT_TRUE(turn.ok()) << turn.status();
        if (!turn.ok()) return lines;
        for (v1::WatchArticlesResponse& message : turn->messages)
          lines.push_back(message.ShortDebugString());
        caught_up = turn->caught_up;
      }
    }
    corpus.clock().Set(begin);
    return lines;
  }

  ShardedPair pair_{GetParam()};
};

TEST_P(SeveralShardsTest, AnExportIsTheSame) {
  for (const char* words : {"", "karn", "karn OR dolt"}) {
    const std::vector<std::string> one = Export(pair_.whole(), Ask(words));
    EXPECT_GT(one.size(), 9u);
    EXPECT_EQ(Export(pair_.parted(), Ask(words)), one) << words;
  }
}

TEST_P(SeveralShardsTest, ALiveQueryIsToldTheSame) {
  for (const char* words : {"karn", "dolt OR -murg"}) {
    const std::vector<std::string> one = Watch(pair_.whole(), Ask(words));
    EXPECT_GT(one.size(), 9u);
    EXPECT_EQ(Watch(pair_.parted(), Ask(words)), one) << words;
  }
}

INSTANTIATE_TEST_SUITE_P(Changes, SeveralShardsTest, ::testing::Values(Changes::kNone, Changes::kMany),
                         [](const auto& test) { return test.param == Changes::kNone ? "None" : "Many"; });

}  // namespace
}  // namespace broadsheet::search
