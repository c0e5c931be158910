#include "search/discover/newest_with.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "common/index/xapian_status.h"

namespace broadsheet::search {
namespace {

using ::testing::IsEmpty;

class NewestWithTest : public ::testing::Test {
 protected:
  // Term "a" is in half of the documents, "b" in a third, "c" in one of 50, "d" in one of 1,000.
  NewestWithTest() {
    std::mt19937 random(3);
    for (int i = 0; i < 6'000; ++i) {
      Xapian::Document document;
      std::string terms;
      for (const auto& [term, one_of] : {std::pair{'a', 2}, {'b', 3}, {'c', 50}, {'d', 1'000}}) {
        if (random() % static_cast<unsigned>(one_of) == 0) terms += term;
      }
      for (char term : terms)
        document.add_boolean_term(std::string(1, term));
      database_.add_document(document);
      documents_.push_back(terms);
    }
  }

  std::vector<Xapian::docid> Expected(const std::string& all, const std::string& any,
                                      const std::vector<Xapian::docid>& hidden, size_t most) const {
    std::vector<Xapian::docid> found;
    for (auto docid = static_cast<Xapian::docid>(documents_.size()); docid > 0 && found.size() < most; --docid) {
      const std::string& terms = documents_[docid - 1];
      const auto has = [&](char term) { return terms.find(term) != std::string::npos; };
      if (!std::all_of(all.begin(), all.end(), has)) continue;
      if (!any.empty() && std::none_of(any.begin(), any.end(), has)) continue;
      if (std::find(hidden.begin(), hidden.end(), docid) == hidden.end()) found.push_back(docid);
    }
    return found;
  }

  static std::vector<std::string> Terms(const std::string& letters) {
    std::vector<std::string> terms;
    for (char letter : letters)
      terms.emplace_back(1, letter);
    return terms;
  }

  Xapian::WritableDatabase database_{"", Xapian::DB_BACKEND_INMEMORY};
  std::vector<std::string> documents_;
};

TEST_F(NewestWithTest, FindsWhatALoopFinds) {
  const std::vector<Xapian::docid> hidden = {5'990, 5'991, 5'992, 5'995};
  for (const char* all : {"", "a", "c", "d", "ab", "cd", "ax"}) {
    for (const char* any : {"", "b", "bc", "cd", "d", "x"}) {
      if (*all == 0 && *any == 0) continue;
      for (size_t most : {1, 15, 200}) {
        EXPECT_EQ(NewestWith(database_, Terms(all), Terms(any), hidden, most, {}), Expected(all, any, hidden, most))
            << all << "/" << any << " " << most;
      }
    }
  }
}

TEST_F(NewestWithTest, GivesUpAndStopsAtTheDeadline) {
  std::vector<std::string> all(30, "a");
  all.emplace_back("b");
  EXPECT_LT(NewestWith(database_, all, {}, {}, 6'000, {}).size(), Expected("ab", "", {}, 6'000).size());
  const CallContext late(absl::Now() - absl::Seconds(1));
  const absl::Status status =
      CatchXapian([&] { EXPECT_THAT(NewestWith(database_, {"a"}, {}, {}, 10, late), IsEmpty()); });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace broadsheet::search
