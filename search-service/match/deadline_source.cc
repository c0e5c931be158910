#include "search/match/deadline_source.h"

#include "common/base/error.h"
#include "common/index/xapian_status.h"

namespace broadsheet::search {

void DeadlineSource::init(const Xapian::Database& database) {
  documents_ = database.get_doccount();
  last_ = database.get_lastdocid();
  current_ = 0;
  Look();
}

void DeadlineSource::next(double) {
  Count();
  ++current_;
}

void DeadlineSource::skip_to(Xapian::docid docid, double) {
  Count();
  current_ = docid;
}

bool DeadlineSource::check(Xapian::docid docid, double) {
  Count();
  current_ = docid;
  return true;
}

void DeadlineSource::Look() const {
  if (context_.cancelled()) throw StatusException{absl::CancelledError("the caller gave up")};
  if (!context_.Expired()) return;
  throw StatusException{ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE",
                                        "the deadline passed before the answer was found")};
}

Xapian::Query WithDeadline(const Xapian::Query& query, const CallContext& context) {
  Xapian::Query deadline((new DeadlineSource(context))->release());
  return {Xapian::Query::OP_FILTER, query, deadline};
}

}  // namespace broadsheet::search
