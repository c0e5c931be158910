#include "ingest/pipeline/too_old.h"

#include "absl/strings/str_cat.h"
#include "ingest/enrich/age.h"

namespace broadsheet::ingest {

std::optional<Rejection> RejectTooOld(const v1::Article& article, absl::Time received, absl::Time now,
                                      absl::Duration retention) {
  const bool dated = article.has_published_time();
  const absl::Time aged_from = AgedFrom(article, received);
  if (aged_from >= now - retention) return std::nullopt;
  return Rejection{v1::REASON_PAST_RETENTION, dated ? "published_time" : "",
                   absl::StrCat(dated ? "it was published on " : "it has no date and came in on ",
                                absl::FormatTime("%Y-%m-%d", aged_from, absl::UTCTimeZone()),
                                ", and this service keeps articles for ", absl::ToInt64Hours(retention) / 24,
                                " days: see --retention-days of ingest-service")};
}

}  // namespace broadsheet::ingest
