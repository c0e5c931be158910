#include "search/match/deadline_source.h"

#include "search/index/caller.h"

namespace broadsheet::search {

void DeadlineSource::init(const Xapian::Database& database) {
  documents_ = database.get_doccount();
  last_ = database.get_lastdocid();
  current_ = 0;
  ThrowUnlessWaiting(context_);
}

void DeadlineSource::Count() {
  if (++candidates_ % kCandidatesPerLook == 0) ThrowUnlessWaiting(context_);
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

Xapian::Query WithDeadline(const Xapian::Query& query, const CallContext& context) {
  Xapian::Query deadline((new DeadlineSource(context))->release());
  return {Xapian::Query::OP_FILTER, query, deadline};
}

}  // namespace broadsheet::search
