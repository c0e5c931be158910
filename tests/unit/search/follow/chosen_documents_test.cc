#include "search/follow/chosen_documents.h"

#include <gmock/gmock.h>

#include "ingest/index/index_directory.h"
#include "ingest/index/shard_writer.h"
#include "search/follow/sequence_span.h"
#include "search/match/matching.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

// Two shards, which have documents in turn.
class ChosenDocumentsTest : public ::testing::Test {
 protected:
  ChosenDocumentsTest() {
    std::filesystem::create_directories(index_);
    Manifest manifest{1, "lineage", {ingest::NewShardEntry(1), ingest::NewShardEntry(1)}};
    std::vector<std::unique_ptr<ingest::ShardWriter>> writers;
    for (const ShardEntry& shard : manifest.shards)
      writers.push_back(
          ingest::ShardWriter::Create(ingest::ShardDirectory(index_, shard), shard, "lineage", 200).value());
    for (int64_t sequence = 1; sequence <= 900; ++sequence) {
      v1::Article article = source_.Invent("a-" + std::to_string(sequence));
      article.set_sequence(sequence);
      ingest::IndexEvent event;
      event.sequence = sequence;
      event.article = article;
      EXPECT_TRUE(writers[sequence % 3 == 0]->Apply(ingest::Prepare(event)).ok());
      articles_.push_back(article);
    }
    for (auto& writer : writers)
      EXPECT_TRUE(writer->Commit(900).ok());
    EXPECT_TRUE(WriteManifest(index_, manifest).ok());
    EXPECT_TRUE(reader_.Refresh().ok());
  }

  static SearchQuery Ask(const std::string& words) {
    v1::SearchRequest request;
    request.set_query(words);
    return Validate(request).value();
  }

  support::TempDirectory directory_;
  const std::filesystem::path index_ = directory_.path() / "index";
  Corpus source_{0};
  std::vector<v1::Article> articles_;
  Reader reader_{index_};
};

TEST_F(ChosenDocumentsTest, AreFoundInTheShardsThatHaveThem) {
  const SequenceSpan span = NextSpan(reader_.database(), 100, 900, 300);
  const auto documents = DocumentsIn(reader_, span);
  ASSERT_GT(documents.size(), 200u);
  std::vector<Xapian::docid> docids;
  for (const auto& document : documents)
    docids.push_back(document.docid);
  for (const std::string& words : {std::string("karn"), std::string("karn dolt"), std::string("-karn"),
                                   std::string("title:karn"), std::string("")}) {
    const SearchQuery query = Ask(words);
    const auto matches = WhichMatch(reader_, CompileMatching(query, std::nullopt, reader_), docids, CallContext());
    for (size_t i = 0; i < documents.size(); ++i) {
      const v1::Article& article = articles_[documents[i].sequence - 1];
      bool expected = words != "-karn" ? words.empty() || Has(article, "karn") : !Has(article, "karn");
      if (words == "karn dolt") expected = Has(article, "karn") && Has(article, "dolt");
      if (words == "title:karn") expected = (" " + article.title() + " ").find(" karn ") != std::string::npos;
      EXPECT_EQ(matches[i], expected) << words << " " << article.title() << ": " << article.body();
    }
  }
}

TEST_F(ChosenDocumentsTest, SpansHaveEverySequenceOnceInOrder) {
  int64_t after = 0;
  int64_t next = 1;
  int spans = 0;
  while (after < 900) {
    const SequenceSpan span = NextSpan(reader_.database(), after, 900, 100);
    for (const auto& document : DocumentsIn(reader_, span))
      EXPECT_EQ(document.sequence, next++);
    ASSERT_GT(span.through, after);
    after = span.through;
    ++spans;
  }
  EXPECT_EQ(next, 901);
  EXPECT_EQ(spans, 4);
}

}  // namespace
}  // namespace broadsheet::search
