#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/schema/field.h"

// Builders of the boolean terms of field.h. A term above kMaxTermBytes keeps its prefix and beginning and ends in a
// hash of the whole value, so that long values still filter exactly (Xapian refuses terms above 245 bytes); so does a
// value with a NUL.
namespace broadsheet {

inline constexpr size_t kMaxTermBytes = 200;

// The unique term of an article.
std::string IdTerm(std::string_view article_id);

// A whole value of a field that has a keyword_prefix.
std::string KeywordTerm(const Field& field, std::string_view value);

// An attribute.
std::string AttributeTerm(std::string_view key, std::string_view value);

// Presence of a field by its name ("source", "attributes.desk").
std::string PresenceTerm(std::string_view field_name);

// The block of a sequence. In the order of the sequences.
std::string BlockTerm(int64_t sequence);

// The last sequence of the block with this term.
int64_t LastOfBlock(std::string_view block_term);

// The day of a deletion, in UTC.
std::string DeletionDayTerm(absl::Time deleted);

}  // namespace broadsheet
