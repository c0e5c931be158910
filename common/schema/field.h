#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// THE table: every field of an article, how it is written into the index and how it is asked for. The document
// builder, the query compiler, filters, facets and GetIndexInfo all read it, so that they cannot disagree.
//
// Terms of a document
//   WORD          word of title or body, case and accents folded, with positions: title from 1, body from kBodyPosition
//   ZSTEM         its stem (the word itself in languages without a stemmer), without positions; n-grams have none
//   PWORD, ZPSTEM the same for a field with words_prefix P, from position 1; each further value of a repeated field
//                 begins kValueGap positions after the end of the one before it
//   Qid           the article's id: exactly one document has it
//   P:value       a whole value of a field with keyword_prefix "P:", bytes as shown; long ones hashed (term.h)
//   XT:key=value  an attribute
//   XB:band       what similar texts have in common (ingest/copies/copy_key.h): of an original; XBC:band of a copy
//   XE:field      the field has a value, of fields that may lack one (HasPresence; "XE:attributes.key" for attributes)
//   XP:name       the name of a person, place or organisation as the body writes it (ingest/index/proper_names.h)
//   XM:article    an article that can be found, once its embargo_time has come; XM:deleted: a tombstone, which has no
//                 other terms but Q, XS and XDD (deleted, or withheld by its writer)
//   XDD:YYYYMMDD  the day (UTC) of a tombstone's deletion
//   XW:sentence   at the position of the first word of each sentence of the body but the first; XW:paragraph likewise.
//                 wdf 0: they do not count in the length of an article
//   XS:N          the block of kBlockSequences sequences that the document's sequence is in, in 16 hexadecimal digits:
//                 what was written after a sequence is found without looking at all that was written before
//
// So a query word (TokenKind::kWord) is looked up as ZSTEM, or as WORD in its exact form; an n-gram as WORD.
//
// Title words go into WORD and ZSTEM with a wdf of kTitleWeight each, and into SWORD and ZSSTEM with a wdf of 1.
//
// Everything here is stored on disk. A change needs a new kSchemaVersion, and with it a rebuild of the index.
namespace broadsheet {

inline constexpr int kSchemaVersion = 4;

inline constexpr uint32_t kTitleWeight = 4;        // wdf of a title word among the words of title and body
inline constexpr uint32_t kBodyPosition = 10'000;  // position of the first word of the body
inline constexpr int64_t kBlockSequences = 256;
inline constexpr uint32_t kValueGap = 100;  // positions between two values of a field: no phrase spans them

inline constexpr std::string_view kArticleTerm = "XM:article";
inline constexpr std::string_view kTombstoneTerm = "XM:deleted";
inline constexpr std::string_view kDeletionDayPrefix = "XDD:";
inline constexpr std::string_view kSentenceTerm = "XW:sentence";
inline constexpr std::string_view kParagraphTerm = "XW:paragraph";
inline constexpr std::string_view kBlockPrefix = "XS:";
inline constexpr std::string_view kPresencePrefix = "XE:";
inline constexpr std::string_view kAttributePrefix = "XT:";
inline constexpr std::string_view kAttributeFieldPrefix = "attributes.";  // of the names "attributes.KEY"
inline constexpr std::string_view kOriginalBandPrefix = "XB:";
inline constexpr std::string_view kCopyBandPrefix = "XBC:";
inline constexpr std::string_view kNamePrefix = "XP:";
inline constexpr std::string_view kStemPrefix = "Z";

enum class FieldId {
  kId,
  kUrl,
  kTitle,
  kBody,
  kSource,
  kAuthors,
  kSection,
  kTags,
  kLanguage,
  kPublishedTime,
  kPublishedDay,  // as the instant in UTC at which that day begins there
  kUpdatedTime,
  kIngestedTime,
  kWordCount,
  kRevision,
  kSequence,
  kDuplicateOf,
  kFigures,
  kEmbargoTime,
  kCorrected,
  kCopyOf,    // the original that a copy is a copy of; originals have none
  kOriginal,  // of a copy its original, of an original itself: one value for all copies of a text
};

enum class FieldType { kText, kKeyword, kTime, kNumber };

// How a value slot is encoded (encoding.h).
enum class SlotEncoding {
  kNone,          // no slot
  kTime,          // 8 bytes: microseconds
  kTimeSequence,  // 16 bytes: microseconds, then sequence; the order of NEWEST and OLDEST. Empty when undated
  kNumber,        // 8 bytes
  kString,        // the bytes
  kStringList,    // each string after its length in 2 bytes
};

inline constexpr int kNoSlot = -1;
inline constexpr int kTombstoneReasonSlot = 13;  // of a tombstone: why, in words; empty when nobody said
inline constexpr int kCopyKeySlot = 15;          // what finding copies needs of an article (ingest/copies/copy_key.h)
inline constexpr int kTombstoneIdSlot = 30;      // of a tombstone: the article's id, whole

inline constexpr std::string_view kTrue = "true";  // the value of a field that is there or not, as terms have it

struct Field {
  FieldId id;
  std::string_view name;        // in filters, facets and the Article message
  std::string_view query_name;  // before the colon in queries; empty: queries cannot name it. Without words_prefix
                                // and but for the body, whole values are looked up (figure:"3.5%")
  FieldType type;
  std::string_view words_prefix;    // of its words; empty: none of its own
  std::string_view keyword_prefix;  // of its whole values; empty: none
  int slot;                         // value slot, or kNoSlot
  SlotEncoding encoding;            // of the slot
  bool repeated;                    // an article can have several values
  bool filterable;
  bool facetable;
};

// The table, in the order of FieldId.
std::span<const Field> Fields();

// Whether filters may ask if an article has a value, so that the index says it.
bool HasPresence(const Field& field);

const Field& GetField(FieldId id);

// By name, or by query_name; null when there is none.
const Field* FindField(std::string_view name);
const Field* FindQueryField(std::string_view query_name);

}  // namespace broadsheet
