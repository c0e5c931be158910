#include "ingest/enrich/age.h"

#include "common/base/timestamp.h"

namespace broadsheet::ingest {

absl::Time AgedFrom(const v1::Article& article, absl::Time received) {
  return article.has_published_time() ? ToTime(article.published_time()) : received;
}

}  // namespace broadsheet::ingest
