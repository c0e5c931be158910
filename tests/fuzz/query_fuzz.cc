// Whatever bytes come as a query, a page token or a request: the limits hold, and a query written out reads as the same
// tree.
#include "fuzz/target.h"
#include "search/query/compile.h"
#include "search/query/tree.h"
#include "search/query/validate.h"
#include "search/query/write.h"
#include "support/random_query.h"

namespace broadsheet::search {
namespace {

using fuzz::Require;

void TryQuery(std::string_view text, MatchMode mode) {
  auto parsed = ParseQuery(text, mode);
  if (!parsed.ok()) return;
  Require(text.size() <= kMaxQueryBytes, "the limit of bytes");
  size_t words = 0;
  for (const QueryNode* leaf : PositiveLeaves(*parsed))
    words += leaf->words.size();
  Require(words <= kMaxQueryTerms, "the limit of words");
  for (const Note& note : parsed->notes) {
    Require(note.range.begin < note.range.end && note.range.end <= text.size(), "notes inside of the query");
  }
  std::string written = WriteQuery(*parsed);
  if (written.size() <= kMaxQueryBytes) {
    auto again = ParseQuery(written, MatchMode::kAllWords);
    Require(again.ok() && again->root == parsed->root, "the same tree when read again");
    Require(again->days == parsed->days, "the same days when read again");
  }
  ToTree(*parsed, TermLookup({"en", "de", "ja"}, false));
  CompileText(*parsed, {"en", "de", "ja"}, false);
}

void TryRequest(std::string_view bytes) {
  v1::SearchRequest request;
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  auto query = Validate(request);
  if (query.ok()) CompileQuery(query->text, query->filter ? &*query->filter : nullptr, {"en"}, query->exact_words);
}

void TryEverything(std::string_view input) {
  TryQuery(input, MatchMode::kAllWords);
  TryQuery(input, MatchMode::kAnyWord);
  TryRequest(input);
  static_cast<void>(DecodePageToken(input, 1));
}

fuzz::Target MakeTarget() {
  fuzz::Target target{"query", {}, {}, TryEverything};
  support::RandomQuery random(1);
  for (int i = 0; i < 200; ++i)
    target.seeds.push_back(i % 3 == 0 ? random.NextBytes(200) : random.Next(60));
  for (const char* token : {" OR ", " AND ", "NOT ", "-", "+", "title:", "tag:", "source:", "\"", "(", ")", "fire*",
                            "think-tank", "U.S.", "3.5%", "東京", "l'Iran"})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace
}  // namespace broadsheet::search

const broadsheet::fuzz::Target& broadsheet::fuzz::TheTarget() {
  static const Target* const target = new Target(search::MakeTarget());
  return *target;
}
