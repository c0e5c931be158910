#include "ingest/enrich/publication.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/timestamp.h"
#include "common/text/unicode.h"
#include "ingest/enrich/date.h"
#include "ingest/enrich/date_in_url.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kQuotedBytes = 60;
constexpr size_t kMostReasons = 3;
constexpr int kFirstYearOfFetching = 1990;
constexpr absl::Duration kFarFromDay = absl::Hours(36);
constexpr absl::Duration kWesternmostZone = absl::Hours(12);  // behind UTC: Baker Island

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

std::string Quote(const std::string& words) {
  const std::string_view cut = TruncateUtf8(words, kQuotedBytes);
  return absl::StrCat("\"", Absl(cut), cut.size() < words.size() ? "…" : "", "\"");
}

std::string FormatDay(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

// Whether it was that day anywhere on earth.
bool MayLieIn(absl::CivilDay day, absl::Time time) {
  const absl::Time begin = absl::FromCivil(day, absl::UTCTimeZone());
  return time >= begin - kFarthestZone && time < begin + absl::Hours(24) + kWesternmostZone;
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
    day_in_url_ = FindDayInUrl(url_, context_.order.order);
    if (day_in_url_) context_.days.push_back(day_in_url_->day);
  }

  Publication Find(const std::vector<HeadLine>& head) {
    const bool found = TryInstant() || TryWords(article_.published, v1::ORIGIN_GIVEN) || TryPage(true) ||
                       TryUrl(head) || TryPage(false) || TryText(head, [](const ReadDate&) { return true; });
    if (found && !has_own_day_) FindDay();
    if (!found) found_.evidence = reasons_.empty() ? "no date was given or found" : "";
    if (!reasons_.empty()) {
      absl::StrAppend(&found_.evidence, found ? "; " : "", absl::StrJoin(reasons_, "; "));
    }
    return std::move(found_);
  }

 private:
  void AddReason(const std::string& words, const std::string& reason) {
    if (reasons_.size() < kMostReasons) reasons_.push_back(absl::StrCat(words, ": ", reason));
  }

  bool Take(const ReadDate& read, v1::Origin origin, const std::string& words, std::string_view from = "") {
    found_ = {read.time, read.day_only, origin, words, read.day, ""};
    has_own_day_ = read.own_day;
    if (!from.empty()) absl::StrAppend(&found_.evidence, " in ", Absl(from));
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
    return Take({.time = time, .day = absl::ToCivilDay(time, absl::UTCTimeZone())}, v1::ORIGIN_GIVEN, "");
  }

  // Asks the other dates of the page when the words leave something open.
  ReadDate Read(const std::string& words) {
    ReadDate read = ReadDateWords(words, context_);
    if (are_days_read_ || (read.time && read.decided.empty())) return read;
    are_days_read_ = true;
    for (const PageDate& date : article_.markup.published) {
      const ReadDate other = ReadDateWords(date.words, context_);
      if (!other.time || !other.decided.empty()) continue;
      context_.days.push_back(other.day);
    }
    return ReadDateWords(words, context_);
  }

  bool TryWords(const std::string& words, v1::Origin origin, std::string_view from = "") {
    if (words.empty()) return false;
    const ReadDate read = Read(words);
    if (read.time.has_value()) return Take(read, origin, words, from);
    AddReason(Quote(words), read.reason);
    return false;
  }

  // What the page says, for programs to read or as it shows it.
  bool TryPage(bool firm) {
    const std::vector<PageDate>& dates = article_.markup.published;
    return std::any_of(dates.begin(), dates.end(), [&](const PageDate& date) {
      return date.firm == firm && TryWords(date.words, v1::ORIGIN_MARKUP, date.from);
    });
  }

  bool TryUrl(const std::vector<HeadLine>& head) {
    if (!day_in_url_) return false;
    const absl::Time begin = absl::FromCivil(day_in_url_->day, absl::UTCTimeZone());
    if (const auto reason = WhyNotBelieved(begin, context_)) {
      AddReason(Quote(day_in_url_->words), *reason);
      return false;
    }
    if (TryTimeOf(begin, head)) return true;
    const ReadDate read{.time = begin, .day_only = true, .day = day_in_url_->day, .own_day = true};
    return Take(read, v1::ORIGIN_DERIVED, DayInUrlWords());
  }

  std::string DayInUrlWords() const { return absl::StrCat(Quote(day_in_url_->words), " in the URL"); }

  // Words that the page shows and that add the time of day to the day in the URL. Others may be the clock of the page,
  // or belong to other articles.
  bool TryTimeOf(absl::Time day, const std::vector<HeadLine>& head) {
    const auto adds_time = [day](const ReadDate& read) {
      return !read.day_only && absl::AbsDuration(*read.time - day) < kFarFromDay;
    };
    for (const PageDate& date : article_.markup.published) {
      if (date.firm) continue;
      const ReadDate read = ReadDateWords(date.words, context_);
      if (read.time && adds_time(read)) return Take(read, v1::ORIGIN_MARKUP, date.words, date.from);
    }
    return TryText(head, adds_time);
  }

  // The first line at the top of the text that is nothing but a date, and such that it is `wanted`.
  template <typename Wanted>
  bool TryText(const std::vector<HeadLine>& head, Wanted wanted) {
    for (const HeadLine& line : head) {
      if (line.kind != LineKind::kFurniture) continue;
      const std::string words = article_.body.text().substr(line.begin, line.end - line.begin);
      const ReadDate read = ReadDateLine(words, context_);
      if (read.time && wanted(read)) return Take(read, v1::ORIGIN_TEXT, words);
    }
    return false;
  }

  // The day of an instant in UTC, or without a zone: the first one that is named beside it decides, if it can.
  void FindDay() {
    if (day_in_url_ && MayLieIn(day_in_url_->day, *found_.time)) return TakeDay(day_in_url_->day, DayInUrlWords());
    for (const PageDate& date : article_.markup.published) {
      const ReadDate read = ReadDateWords(date.words, context_);
      if (!read.time || !read.own_day || (date.may_be_clock && !IsSameInstant(read))) continue;
      if (MayLieIn(read.day, *found_.time)) TakeDay(read.day, absl::StrCat(date.words, " in ", Absl(date.from)));
      return;
    }
  }

  // As good as: the words leave out the seconds.
  bool IsSameInstant(const ReadDate& read) const {
    return !read.day_only && absl::AbsDuration(*read.time - *found_.time) < absl::Minutes(1);
  }

  void TakeDay(absl::CivilDay day, std::string evidence) {
    if (day == found_.day) return;
    found_.day = day;
    found_.day_evidence = std::move(evidence);
  }

  const NormalArticle& article_;
  const std::string& url_;
  DateContext context_;
  std::optional<DayInUrl> day_in_url_;
  bool has_own_day_ = false;    // the words of the time say which day it was there
  bool are_days_read_ = false;  // those of the page into the context
  Publication found_;
  std::vector<std::string> reasons_;  // why words are no date
};

}  // namespace

Publication FindPublication(const NormalArticle& article, const std::vector<HeadLine>& head, std::string_view language,
                            absl::Time received) {
  return Finder(article, language, received).Find(head);
}

}  // namespace broadsheet::ingest
