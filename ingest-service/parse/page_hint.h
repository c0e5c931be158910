#pragma once

#include <libxml/tree.h>

#include <cstdint>

namespace broadsheet::ingest {

// What the names that a page's author gave to an element (class, id, role and the like) say about it. A hint may be
// wrong; the shape of the text decides.
enum class Hint : uint8_t {
  kNone,
  kBody,       // the text of the article
  kSubtitle,   // the lines under the headline
  kFurniture,  // navigation, advertisements, sharing, related articles
  kComments,   // of readers: may be longer than the article
  kMeta,       // bylines, dates, tags
  kMedia,      // captions, galleries, players
  kWeak,       // boxes that hold furniture more often than text
  kHidden,     // not shown
};

// Reads at most a few hundred bytes of each attribute. Thread-safe.
Hint ReadHint(const xmlNode* element);

}  // namespace broadsheet::ingest
