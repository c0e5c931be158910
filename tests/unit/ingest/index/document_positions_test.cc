#include "ingest/index/document_positions.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

using Described = std::map<std::string, std::pair<Xapian::termcount, std::vector<Xapian::termpos>>>;

Described Describe(const Xapian::Document& document) {
  Described terms;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term)
    terms[*term] = {term.get_wdf(), {term.positionlist_begin(), term.positionlist_end()}};
  return terms;
}

class DocumentPositionsTest : public testing::Test {
 protected:
  DocumentPositionsTest() {
    for (int i = 0; i < 60; ++i)
      shard_.add_document(Invent());
    for (Xapian::docid gap : {1, 7, 8, 60})
      shard_.delete_document(gap);
    shard_.commit();
  }

  // Terms of all kinds, some of them in many documents, and positions near and far.
  Xapian::Document Invent() {
    Xapian::Document document;
    Xapian::termpos place = 0;
    for (unsigned words = random_() % 40; words > 0; --words) {
      place += random_() % 3 == 0 ? 1 + random_() % 100'000 : 1;
      document.add_posting(absl::StrCat(random_() % 4 == 0 ? "S" : "", "word", random_() % 30), place, random_() % 3);
      if (random_() % 9 == 0) document.add_posting(std::string(kSentenceTerm), place, 0);
    }
    document.add_term("Zword", 3);
    document.add_boolean_term(absl::StrCat("Qid", random_()));
    document.add_boolean_term("XO:source");
    document.set_data(absl::StrCat("data ", random_()));
    document.add_value(3, "value");
    return document;
  }

  std::mt19937 random_{11};
  support::TempDirectory directory_;
  Xapian::WritableDatabase shard_{(directory_.path() / "shard").string(), Xapian::DB_CREATE};
};

TEST_F(DocumentPositionsTest, DocumentsAreTheSameWithThem) {
  for (int round = 0; round < 20; ++round) {
    std::vector<Xapian::docid> docids;
    for (auto place = shard_.postlist_begin(""); place != shard_.postlist_end(""); ++place)
      if (random_() % 4 > static_cast<unsigned>(round % 4)) docids.push_back(*place);
    const DocumentPositions positions(shard_, docids, [] {});
    for (Xapian::docid docid : docids) {
      const Xapian::Document stored = shard_.get_document(docid);
      Xapian::Document document = shard_.get_document(docid);
      positions.PutInto(docid, document);
      EXPECT_EQ(Describe(document), Describe(stored));
      EXPECT_EQ(document.get_data(), stored.get_data());
      EXPECT_EQ(document.get_value(3), "value");
    }
  }
}

TEST_F(DocumentPositionsTest, WordsOfEveryFieldHavePositions) {
  Xapian::Document document;
  for (const Field& field : Fields()) {
    if (field.type == FieldType::kText || !field.words_prefix.empty())
      document.add_posting(absl::StrCat(std::string(field.words_prefix), "word"), 7);
  }
  document.add_posting(std::string(kParagraphTerm), 9, 0);
  const Xapian::docid docid = shard_.add_document(document);
  shard_.commit();
  const DocumentPositions positions(shard_, {docid}, [] {});
  Xapian::Document copy = shard_.get_document(docid);
  positions.PutInto(docid, copy);
  EXPECT_EQ(Describe(copy), Describe(shard_.get_document(docid)));
}

TEST_F(DocumentPositionsTest, WordsThatAreInNoPostingListAreDataLoss) {
  const DocumentPositions positions(shard_, {2}, [] {});
  Xapian::Document other = shard_.get_document(2);
  other.add_term("word-of-a-damaged-shard", 1);
  const absl::Status status = CatchXapian([&] { positions.PutInto(2, other); });
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
}

TEST_F(DocumentPositionsTest, LookingMayEndIt) {
  int looks = 0;
  const auto stop = [&] {
    if (++looks == 5) throw StatusException{absl::CancelledError("stopping")};
  };
  const absl::Status status = CatchXapian([&] { DocumentPositions(shard_, {2, 3}, stop); });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace broadsheet::ingest
