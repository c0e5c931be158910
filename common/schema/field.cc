#include "common/schema/field.h"

#include <array>

namespace broadsheet {
namespace {

using enum FieldType;
using Slot = SlotEncoding;

// id, name, query name, type, words prefix, keyword prefix, slot, encoding, repeated, filterable, facetable
constexpr std::array kFields = {
    Field{FieldId::kId, "id", "", kKeyword, "", "Q", kNoSlot, Slot::kNone, false, true, false},
    Field{FieldId::kUrl, "url", "", kKeyword, "", "U:", kNoSlot, Slot::kNone, false, true, false},
    Field{FieldId::kTitle, "title", "title", kText, "S", "", kNoSlot, Slot::kNone, false, false, false},
    Field{FieldId::kBody, "body", "body", kText, "", "", kNoSlot, Slot::kNone, false, false, false},
    Field{FieldId::kSource, "source", "source", kKeyword, "O", "XO:", 3, Slot::kString, false, true, true},
    Field{FieldId::kAuthors, "authors", "author", kKeyword, "A", "XA:", 4, Slot::kStringList, true, true, true},
    Field{FieldId::kSection, "section", "section", kKeyword, "N", "XN:", 5, Slot::kString, false, true, true},
    Field{FieldId::kTags, "tags", "tag", kKeyword, "K", "XK:", 6, Slot::kStringList, true, true, true},
    Field{FieldId::kLanguage, "language", "language", kKeyword, "L", "XL:", 7, Slot::kString, false, true, true},
    Field{FieldId::kPublishedTime, "published_time", "", kTime, "", "", 0, Slot::kTimeSequence, false, true, true},
    Field{FieldId::kPublishedDay, "published_day", "published", kTime, "", "", 16, Slot::kTime, false, true, true},
    Field{FieldId::kUpdatedTime, "updated_time", "", kTime, "", "", 1, Slot::kTime, false, true, true},
    Field{FieldId::kIngestedTime, "ingested_time", "", kTime, "", "", 2, Slot::kTime, false, true, true},
    Field{FieldId::kWordCount, "word_count", "", kNumber, "", "", 8, Slot::kNumber, false, true, true},
    Field{FieldId::kRevision, "revision", "", kNumber, "", "", 10, Slot::kNumber, false, true, true},
    Field{FieldId::kSequence, "sequence", "", kNumber, "", "", 9, Slot::kNumber, false, true, false},
    Field{FieldId::kDuplicateOf, "duplicate_of", "", kKeyword, "", "XD:", kNoSlot, Slot::kNone, false, true, false},
    Field{FieldId::kFigures, "figures", "figure", kKeyword, "", "XF:", 11, Slot::kStringList, true, true, true},
    Field{FieldId::kEmbargoTime, "embargo_time", "", kTime, "", "", 12, Slot::kTime, false, true, false},
    Field{FieldId::kCorrected, "corrected", "", kKeyword, "", "XC:", kNoSlot, Slot::kNone, false, true, false},
    Field{FieldId::kCopyOf, "copy_of", "", kKeyword, "", "XY:", kNoSlot, Slot::kNone, false, true, false},
    Field{FieldId::kOriginal, "original", "", kKeyword, "", "XG:", 14, Slot::kString, false, true, false},
};

}  // namespace

std::span<const Field> Fields() {
  return kFields;
}

bool HasPresence(const Field& field) {
  const bool may_lack_time = field.id == FieldId::kPublishedTime || field.id == FieldId::kEmbargoTime;
  return field.filterable && (field.type == FieldType::kKeyword || may_lack_time);
}

const Field& GetField(FieldId id) {
  return kFields[static_cast<size_t>(id)];
}

const Field* FindField(std::string_view name) {
  for (const Field& field : kFields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

const Field* FindQueryField(std::string_view query_name) {
  if (query_name.empty()) return nullptr;
  for (const Field& field : kFields) {
    if (field.query_name == query_name) return &field;
  }
  return nullptr;
}

}  // namespace broadsheet
