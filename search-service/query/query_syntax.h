#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/schema/field.h"

// A query as it was understood: a tree of words, phrases and prefixes. Values, free of any engine.
namespace broadsheet::search {

// Limits of a query text. Beyond them it is an error, never a guess.
inline constexpr size_t kMaxQueryBytes = 1'024;
inline constexpr size_t kMaxQueryTerms = 64;
inline constexpr size_t kMaxQueryDepth = 16;  // brackets inside brackets
inline constexpr size_t kMaxQueryPrefixes = 2;
inline constexpr size_t kMinPrefixLetters = 3;

// A range of bytes in the query text.
struct ByteRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool operator==(const ByteRange&) const = default;
};

// One word of a leaf, folded. The words of a leaf follow each other without a gap.
struct QueryWord {
  std::string text;    // the word; of an n-gram run, one character
  std::string pair;    // the n-gram of this character and the next one; empty at the end of a run and for words
  bool ngram = false;  // a character of a script written without spaces
  bool operator==(const QueryWord&) const = default;
};

enum class NodeKind { kWord, kPhrase, kPrefix, kAll, kAny, kNot };

struct QueryNode {
  NodeKind kind = NodeKind::kWord;

  // Leaves: one word for kWord and kPrefix, one or more for kPhrase. A phrase of one word means that exact form.
  std::vector<QueryWord> words;
  const Field* field = nullptr;  // null: title and body together
  ByteRange range;               // where it stands in the query; not part of what it means

  // kAll and kAny: two or more parts, none of the same kind. kNot: one part, which is no kNot.
  std::vector<QueryNode> children;

  bool IsLeaf() const { return kind == NodeKind::kWord || kind == NodeKind::kPhrase || kind == NodeKind::kPrefix; }

  // Same meaning: ranges do not count.
  bool operator==(const QueryNode& other) const {
    return kind == other.kind && words == other.words && field == other.field && children == other.children;
  }
};

// What could not be taken as it stood, for people.
struct Note {
  ByteRange range;
  std::string message;
};

struct ParsedQuery {
  std::optional<QueryNode> root;  // absent when the query has no words
  std::vector<Note> notes;        // in order of place
};

// The leaves that may match, in order of place: those not under a kNot.
std::vector<const QueryNode*> PositiveLeaves(const ParsedQuery& query);

}  // namespace broadsheet::search
