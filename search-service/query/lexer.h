#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "search/query/query_syntax.h"

namespace broadsheet::search {

enum class LexemeKind { kText, kPhrase, kOpen, kClose, kOr, kAnd, kNot, kPlus, kField };

struct Lexeme {
  LexemeKind kind = LexemeKind::kText;
  ByteRange range;
  ByteRange inner;               // kPhrase: between the quotation marks
  const Field* field = nullptr;  // kField; it is about what follows
};

// Cuts a query into pieces. Brackets come out balanced: those without a partner are noted and left out, as are
// quotation marks. `text` must be valid UTF-8. INVALID_ARGUMENT when brackets are nested too deep.
absl::StatusOr<std::vector<Lexeme>> Lex(std::string_view text, std::vector<Note>& notes);

}  // namespace broadsheet::search
