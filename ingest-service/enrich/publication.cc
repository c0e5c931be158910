#include "ingest/enrich/publication.h"

#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/text/unicode.h"
#include "ingest/enrich/date.h"
#include "ingest/enrich/date_in_url.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kQuotedBytes = 60;
constexpr int kFirstYearOfFetching = 1990;

std::string Quote(const std::string& words) {
  const std::string_view cut = TruncateUtf8(words, kQuotedBytes);
  return absl::StrCat("\"", absl::string_view(cut.data(), cut.size()), cut.size() < words.size() ? "…" : "", "\"");
}

std::string FormatDay(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

// A fetch that cannot be true tells nothing.
std::optional<absl::Time> FetchOf(const v1::RawArticle& raw, absl::Time received) {
  if (!raw.has_fetched_time()) return std::nullopt;
  const absl::Time fetched = ToTime(raw.fetched_time());
  const bool too_early = absl::ToCivilYear(fetched, absl::UTCTimeZone()).year() < kFirstYearOfFetching;
  if (too_early || fetched > received + absl::Hours(24)) return std::nullopt;
  return fetched;
}

// Looks at one source of a date after the other until one has it.
class Finder {
 public:
  Finder(const NormalArticle& article, std::string_view language, absl::Time received)
      : article_(article), url_(article.canonical_url.empty() ? article.markup.canonical_url : article.canonical_url) {
    context_.received = received;
    context_.fetched = FetchOf(article.raw, received);
    context_.order = FindDayOrder(language, url_);
    context_.region = FindRegion(language, url_);
    day_in_url_ = FindDayInUrl(url_);
    if (day_in_url_) context_.day = day_in_url_->day;
  }

  Publication Find(const std::vector<HeadLine>& head) {
    const bool found = TryInstant() || TryWords(article_.published, v1::ORIGIN_GIVEN) ||
                       TryWords(article_.markup.published, v1::ORIGIN_MARKUP) || TryUrlAndText(head);
    if (!found)
      return {std::nullopt, false, v1::ORIGIN_NONE, reasons_.empty() ? "no date was given or found" : reasons_};
    if (!reasons_.empty()) absl::StrAppend(&found_.evidence, "; ", reasons_);
    return std::move(found_);
  }

 private:
  void AddReason(const std::string& words, const std::string& reason) {
    absl::StrAppend(&reasons_, reasons_.empty() ? "" : "; ", words, ": ", reason);
  }

  bool Take(const ReadDate& read, v1::Origin origin, const std::string& words) {
    found_ = {read.time, read.day_only, origin, words};
    if (!read.decided.empty()) absl::StrAppend(&found_.evidence, " (", read.decided, ")");
    return true;
  }

  bool TryInstant() {
    if (!article_.raw.has_published_time()) return false;
    const absl::Time time = ToTime(article_.raw.published_time());
    if (const auto reason = WhyNotBelieved(time, context_)) {
      AddReason(FormatDay(time), *reason);
      return false;
    }
    found_ = {time, false, v1::ORIGIN_GIVEN, ""};
    return true;
  }

  bool TryWords(const std::string& words, v1::Origin origin) {
    if (words.empty()) return false;
    const ReadDate read = ReadDateWords(words, context_);
    if (read.time.has_value()) return Take(read, origin, words);
    AddReason(Quote(words), read.reason);
    return false;
  }

  bool TryUrlAndText(const std::vector<HeadLine>& head) {
    const absl::Time of_url = day_in_url_ ? absl::FromCivil(day_in_url_->day, absl::UTCTimeZone()) : absl::Time();
    const auto not_believed = day_in_url_ ? WhyNotBelieved(of_url, context_) : std::nullopt;
    const bool has_url = day_in_url_ && !not_believed;
    for (const HeadLine& line : head) {
      if (line.kind != LineKind::kFurniture) continue;
      const std::string words = article_.body.text().substr(line.begin, line.end - line.begin);
      const ReadDate read = ReadDateLine(words, context_);
      // The clock of the page is often that of the fetch; a line wins over the URL only when it adds the time of day.
      const bool adds_time =
          has_url && read.time && !read.day_only && absl::AbsDuration(*read.time - of_url) < absl::Hours(36);
      if (read.time.has_value() && (!has_url || adds_time)) return Take(read, v1::ORIGIN_TEXT, words);
    }
    if (!has_url) {
      if (not_believed) AddReason(Quote(day_in_url_->words), *not_believed);
      return false;
    }
    found_ = {of_url, true, v1::ORIGIN_DERIVED, absl::StrCat(Quote(day_in_url_->words), " in the URL")};
    return true;
  }

  const NormalArticle& article_;
  const std::string& url_;
  DateContext context_;
  std::optional<DayInUrl> day_in_url_;
  Publication found_;
  std::string reasons_;
};

}  // namespace

Publication FindPublication(const NormalArticle& article, const std::vector<HeadLine>& head, std::string_view language,
                            absl::Time received) {
  return Finder(article, language, received).Find(head);
}

}  // namespace broadsheet::ingest
