#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "search/query/lexer.h"
#include "search/query/query_syntax.h"

// From pieces of the query to leaves, by the tokenizer that made the index.
namespace broadsheet::search {

// The leaves of kText pieces that stand beside each other. They are read together, so that "2 + 2" and "3.5 per cent"
// mean what they mean in an article; otherwise each piece becomes a leaf of its own, or none when nothing in it is a
// word. `field` may be null.
std::vector<QueryNode> LeavesOfRun(std::string_view query, std::span<const Lexeme> run, const Field* field,
                                   std::vector<Note>& notes);

// The leaf of a kPhrase piece; nothing when no word is in it.
std::optional<QueryNode> LeafOfPhrase(std::string_view query, const Lexeme& phrase, const Field* field,
                                      std::vector<Note>& notes);

// The leaf of a kPattern piece; nothing when the field has no words.
std::optional<QueryNode> LeafOfPattern(std::string_view query, const Lexeme& pattern, const Field* field,
                                       std::vector<Note>& notes);

}  // namespace broadsheet::search
