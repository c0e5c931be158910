// Whatever bytes come as a query, a page token or a request: no crash, limits hold, and a query written out reads as
// the same tree. Built with -DBROADSHEET_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target; otherwise a
// program that tries a bounded number of inputs made by chance: query_fuzz [RUNS [SEED]].
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "search/query/compile.h"
#include "search/query/tree.h"
#include "search/query/validate.h"
#include "search/query/write.h"
#include "support/random_query.h"

namespace broadsheet::search {
namespace {

void Require(bool holds, const char* promise, std::string_view input) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\ninput: %.*s\n", promise, static_cast<int>(input.size()), input.data());
  std::abort();
}

void TryQuery(std::string_view text, MatchMode mode) {
  auto parsed = ParseQuery(text, mode);
  if (!parsed.ok()) return;
  Require(text.size() <= kMaxQueryBytes, "the limit of bytes", text);
  size_t words = 0;
  for (const QueryNode* leaf : PositiveLeaves(*parsed))
    words += leaf->words.size();
  Require(words <= kMaxQueryTerms, "the limit of words", text);
  for (const Note& note : parsed->notes) {
    Require(note.range.begin < note.range.end && note.range.end <= text.size(), "notes inside of the query", text);
  }
  std::string written = WriteQuery(*parsed);
  if (written.size() <= kMaxQueryBytes) {
    auto again = ParseQuery(written, MatchMode::kAllWords);
    Require(again.ok() && again->root == parsed->root, "the same tree when read again", text);
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

}  // namespace
}  // namespace broadsheet::search

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  broadsheet::search::TryEverything({reinterpret_cast<const char*>(data), size});
  return 0;
}

#ifndef BROADSHEET_LIBFUZZER
int main(int argc, char** argv) {
  google::protobuf::LogSilencer silence;  // of its remarks on strings that are not in UTF-8
  int runs = argc > 1 ? std::atoi(argv[1]) : 3'000;
  broadsheet::support::RandomQuery random(argc > 2 ? static_cast<uint32_t>(std::atoi(argv[2])) : 1);
  for (int i = 0; i < runs; ++i) {
    broadsheet::search::TryEverything(i % 3 == 0 ? random.NextBytes(200) : random.Next(60));
  }
  std::printf("%d inputs, no crash\n", runs);
}
#endif
