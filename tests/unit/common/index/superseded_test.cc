#include "common/index/superseded.h"

#include <gtest/gtest.h>

#include "support/temp_directory.h"

namespace broadsheet {
namespace {

TEST(SupersededTest, MarksAreReadInOrderShardByShard) {
  support::TempDirectory directory;
  Xapian::WritableDatabase database((directory.path() / "shard").string(), Xapian::DB_CREATE);
  for (Xapian::docid docid : {1'000'000'007u, 9u, 12u, 4'000'000'000u})
    MarkSuperseded(database, "uuid-1", docid);
  MarkSuperseded(database, "uuid-2", 3);
  MarkSuperseded(database, "uuid-2", 3);
  database.set_metadata("sequence", "5");
  database.commit();
  const SupersededDocids marks = ReadSupersededMarks(Xapian::Database((directory.path() / "shard").string()));
  const SupersededDocids expected = {{"uuid-1", {9, 12, 1'000'000'007, 4'000'000'000}}, {"uuid-2", {3}}};
  EXPECT_EQ(marks, expected);
}

TEST(SupersededTest, MarksOfOneShardAreDroppedAndNoOthers) {
  support::TempDirectory directory;
  Xapian::WritableDatabase database((directory.path() / "shard").string(), Xapian::DB_CREATE);
  MarkSuperseded(database, "uuid-1", 1);
  MarkSuperseded(database, "uuid-1", 2);
  MarkSuperseded(database, "uuid-10", 1);
  database.set_metadata("sequence", "5");
  database.commit();
  DropSupersededMarks(database, "uuid-1");
  database.commit();
  EXPECT_EQ(ReadSupersededMarks(database), (SupersededDocids{{"uuid-10", {1}}}));
  EXPECT_EQ(database.get_metadata("sequence"), "5");
}

TEST(SupersededTest, DocidsThatAscendAreMerged) {
  std::vector<Xapian::docid> docids = {2, 5, 9};
  MergeDocids({1, 5, 10}, docids);
  EXPECT_EQ(docids, (std::vector<Xapian::docid>{1, 2, 5, 9, 10}));
  MergeDocids({}, docids);
  EXPECT_EQ(docids.size(), 5u);
}

}  // namespace
}  // namespace broadsheet
