#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "common/schema/field.h"
#include "search/query/days.h"

// A query as it was understood: a tree of words, phrases and prefixes. Values, free of any engine.
namespace broadsheet::search {

// Limits of a query text. Beyond them it is an error, never a guess.
inline constexpr size_t kMaxQueryBytes = 1'024;
inline constexpr size_t kMaxQueryTerms = 64;
inline constexpr size_t kMaxQueryDepth = 16;    // brackets inside brackets
inline constexpr size_t kMaxQueryPrefixes = 2;  // prefixes and patterns together
inline constexpr size_t kMinPrefixLetters = 3;
inline constexpr size_t kMinPatternStart = 2;      // letters before the first * or ? of a pattern
inline constexpr uint32_t kMaxNearDistance = 100;  // also of the looseness of a phrase
inline constexpr uint32_t kDefaultNearDistance = 10;

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

// kExpanded stands in rewritten queries only (rewrite.h): its first child is what was asked, the others are what is
// looked for in its place.
enum class NodeKind {
  kWord,
  kPhrase,
  kPrefix,
  kWildcard,
  kAll,
  kAny,
  kNot,
  kNear,
  kSentence,
  kParagraph,
  kExpanded,
};

struct QueryNode {
  NodeKind kind = NodeKind::kWord;

  // Leaves: one word for kWord and kPrefix, a pattern for kWildcard, one or more words for kPhrase. A phrase of one
  // word means that exact form.
  std::vector<QueryWord> words;
  const Field* field = nullptr;  // null: title and body together
  ByteRange range;               // where it stands in the query; not part of what it means

  // kAll and kAny: two or more parts, none of the same kind. kNot: one part, which is no kNot. kNear, kSentence and
  // kParagraph: two or more words and phrases, all in one field.
  std::vector<QueryNode> children;

  // kNear: the most words from one part to the next. kPhrase: how many other words may stand in it.
  uint32_t distance = 0;

  // kPhrase: it stood in quotation marks, so it means just that. Not part of what it means: "think-tank" is the same
  // phrase, but may be met by other spellings.
  bool quoted = false;

  // Filled by Rewrite from the words of the index. kWildcard: words that fit. kWord under kNear, kSentence and
  // kParagraph: its forms, which are looked for instead of its stem, since stems have no places.
  std::vector<std::string> forms;

  // Children of kExpanded but the first: how they stand for what was asked, and what part of its weight they keep.
  v1::MatchKind match_kind = v1::MATCH_KIND_EXACT;
  double scale = 1;

  bool IsLeaf() const {
    return kind == NodeKind::kWord || kind == NodeKind::kPhrase || kind == NodeKind::kPrefix ||
           kind == NodeKind::kWildcard;
  }

  // Whether its parts must stand near each other.
  bool IsPlacing() const {
    return kind == NodeKind::kNear || kind == NodeKind::kSentence || kind == NodeKind::kParagraph;
  }

  // Same meaning: ranges do not count, nor does what Rewrite fills in.
  bool operator==(const QueryNode& other) const {
    return kind == other.kind && words == other.words && field == other.field && children == other.children &&
           distance == other.distance;
  }
};

// What could not be taken as it stood, for people.
struct Note {
  ByteRange range;
  std::string message;
};

// "published:2025", "-published:2025-12-24..": a condition on the whole query, wherever it stands.
struct DaysCondition {
  const Field* field = nullptr;  // a time whose values are days
  Days days;
  bool negated = false;
  bool operator==(const DaysCondition&) const = default;
};

struct ParsedQuery {
  std::optional<QueryNode> root;  // absent when the query has no words
  std::vector<DaysCondition> days;
  std::vector<Note> notes;  // in order of place
};

// The leaves that may match, in order of place: those not under a kNot.
std::vector<const QueryNode*> PositiveLeaves(const ParsedQuery& query);

}  // namespace broadsheet::search
