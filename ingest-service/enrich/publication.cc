#include "ingest/enrich/publication.h"

#include "absl/strings/str_cat.h"
#include "common/text/unicode.h"
#include "ingest/enrich/date.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kQuotedBytes = 120;

std::string Quote(const std::string& words) {
  const std::string_view cut = TruncateUtf8(words, kQuotedBytes);
  return absl::StrCat("\"", absl::string_view(cut.data(), cut.size()), cut.size() < words.size() ? "…" : "", "\"");
}

// Reads one candidate. When it has none, adds why to `reasons`.
bool TryWords(const std::string& words, v1::Origin origin, absl::Time received, Publication& found,
              std::string& reasons) {
  if (words.empty()) return false;
  ReadDate read = ReadDateWords(words, received);
  if (read.time.has_value()) {
    found = {read.time, origin, words};
    return true;
  }
  absl::StrAppend(&reasons, reasons.empty() ? "" : "; ", Quote(words), ": ", read.reason);
  return false;
}

bool TryGiven(const v1::RawArticle& raw, absl::Time received, Publication& found, std::string& reasons) {
  if (!raw.has_published_time()) return false;
  const absl::Time time =
      absl::FromUnixSeconds(raw.published_time().seconds()) + absl::Nanoseconds(raw.published_time().nanos());
  if (auto reason = WhyNotBelieved(time, received)) {
    reasons = absl::StrCat(absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone()), ": ", *reason);
    return false;
  }
  found = {time, v1::ORIGIN_GIVEN, ""};
  return true;
}

}  // namespace

Publication FindPublication(const NormalArticle& article, const std::vector<HeadLine>& head, absl::Time received) {
  Publication found;
  std::string reasons;
  if (TryGiven(article.raw, received, found, reasons)) return found;
  if (TryWords(article.published, v1::ORIGIN_GIVEN, received, found, reasons)) return found;
  if (!reasons.empty()) return {std::nullopt, v1::ORIGIN_NONE, reasons};
  if (TryWords(article.markup.published, v1::ORIGIN_MARKUP, received, found, reasons)) return found;
  for (const HeadLine& line : head) {
    const std::string words = article.body.text().substr(line.begin, line.end - line.begin);
    const auto time = line.kind == LineKind::kFurniture ? ReadDateLine(words, received) : std::nullopt;
    if (time.has_value()) return {time, v1::ORIGIN_TEXT, words};
  }
  return {std::nullopt, v1::ORIGIN_NONE, reasons.empty() ? "no date was given or found" : reasons};
}

}  // namespace broadsheet::ingest
