#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "search/query/query_syntax.h"

namespace broadsheet::search {

enum class LexemeKind { kText, kPhrase, kPattern, kOpen, kClose, kOr, kAnd, kNot, kPlus, kField, kPlacing, kDays };

struct Lexeme {
  LexemeKind kind = LexemeKind::kText;
  ByteRange range;
  ByteRange inner;                     // kPhrase: between the quotation marks
  const Field* field = nullptr;        // kField: it is about what follows
  NodeKind placing = NodeKind::kNear;  // kPlacing: kNear, kSentence or kParagraph
  uint32_t distance = 0;               // of NEAR/n and "a phrase"~n
  Days days;                           // kDays, of `field`
};

// Cuts a query into pieces. Brackets come out balanced: those without a partner are noted and left out, as are
// quotation marks. `text` must be valid UTF-8. INVALID_ARGUMENT when brackets are nested too deep (QUERY_DEPTH) or a
// distance is too large (QUERY_DISTANCE).
absl::StatusOr<std::vector<Lexeme>> Lex(std::string_view text, std::vector<Note>& notes);

}  // namespace broadsheet::search
