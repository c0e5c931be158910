#include "ingest/enrich/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "common/text/unicode.h"
#include "ingest/normalise/language_tag.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostBytes = 1200;  // CLD2 is as sure of that much as of more, and its time grows with it
constexpr int kShortText = 40;       // bytes; a guess that is not reliable is not taken below
constexpr int kClearMajority = 60;   // per cent of the text

}  // namespace

std::string DetectLanguage(std::string_view text) {
  text = TruncateUtf8(text, kMostBytes);
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int text_bytes = 0;
  bool is_reliable = false;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummary(
      text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &hints, CLD2::kCLDFlagBestEffort, languages,
      percents, scores, /*resultchunkvector=*/nullptr, &text_bytes, &is_reliable);
  const bool is_told = is_reliable || (text_bytes >= kShortText && percents[0] >= kClearMajority);
  if (language == CLD2::UNKNOWN_LANGUAGE || !is_told) return {};
  return CanonicalLanguageTag(CLD2::LanguageCode(language)).value_or("");
}

}  // namespace broadsheet::ingest
