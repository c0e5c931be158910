#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "xapian.h"

// Conditions on the places of words in an article: how near, in one sentence, in one paragraph. Places are compared by
// the positions that common/schema/field.h gives terms.
namespace broadsheet::search {

// A part: any of its alternatives will do; each is a run of terms that follow each other (one for a word).
struct PlacedPart {
  std::vector<std::vector<std::string>> alternatives;
};

enum class Placing {
  kNear,       // in any order, each place of a part at most `distance` words from the next place of any of them
  kSentence,   // all parts in one sentence
  kParagraph,  // all parts in one paragraph
  kOrdered,    // in the order of the parts, with at most `distance` other words among them all
};

struct PlacingSpec {
  Placing placing = Placing::kNear;
  uint32_t distance = 0;
  bool body_only = false;  // places before the body do not count
  std::vector<PlacedPart> parts;
};

// Articles where the parts stand so. For the right side of OP_FILTER; its left side should have the parts, too. At most
// kMaxPlaces places of each part of an article are looked at: the first ones.
inline constexpr size_t kMaxPlaces = 2'000;
Xapian::Query PlacedTogether(PlacingSpec spec);

}  // namespace broadsheet::search
