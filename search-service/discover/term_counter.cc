#include "search/discover/term_counter.h"

#include "common/schema/field.h"

namespace broadsheet::search {
namespace {

// Stems of other fields have their prefix, in capitals, and numbers their digits before this.
constexpr std::string_view kFirstStem = "Za";
constexpr size_t kLeastStemBytes = 2;

}  // namespace

bool IsName(std::string_view term) {
  return term.starts_with(kNamePrefix);
}

std::string_view StemOf(std::string_view term) {
  return term.substr(kStemPrefix.size());
}

std::string_view NameOf(std::string_view term) {
  return term.substr(kNamePrefix.size());
}

void TermCounter::Add(const Xapian::Database& database, Xapian::docid docid) {
  ++articles_;
  const auto count = [&](const std::string& term) {
    ++read_;
    Count& counted = counts_[term];
    if (++counted.articles == 1) counted.first = docid;
  };
  auto term = database.termlist_begin(docid);
  const auto end = database.termlist_end(docid);
  term.skip_to(std::string(kNamePrefix));
  for (; term != end; ++term) {
    const std::string name = *term;
    if (!IsName(name)) break;
    if (name.find(' ') != std::string::npos) count(name);
  }
  term.skip_to(std::string(kFirstStem));
  for (; term != end; ++term) {
    const std::string stem = *term;
    if (!stem.starts_with(kStemPrefix)) break;
    if (StemOf(stem).size() >= kLeastStemBytes) count(stem);
  }
}

}  // namespace broadsheet::search
