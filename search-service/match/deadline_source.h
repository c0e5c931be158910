#pragma once

#include <cstdint>

#include "common/base/call_context.h"
#include "xapian.h"

namespace broadsheet::search {

// A posting source that matches every document and throws a StatusException (common/index/xapian_status.h) soon after
// the call's deadline, or after its caller gave up: DEADLINE_EXCEEDED or CANCELLED. It is the only way to stop a match
// of Xapian from outside. It looks at the clock once in kCandidatesPerLook candidates.
class DeadlineSource : public Xapian::PostingSource {
 public:
  static constexpr uint32_t kCandidatesPerLook = 64;

  explicit DeadlineSource(CallContext context) : context_(std::move(context)) {}

  PostingSource* clone() const override { return new DeadlineSource(context_); }
  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return documents_; }
  Xapian::doccount get_termfreq_est() const override { return documents_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return current_ > last_; }
  Xapian::docid get_docid() const override { return current_; }

 private:
  void Count();

  const CallContext context_;
  Xapian::doccount documents_ = 0;
  Xapian::docid last_ = 0;
  Xapian::docid current_ = 0;
  uint32_t candidates_ = 0;
};

// `query`, stopped at the deadline.
Xapian::Query WithDeadline(const Xapian::Query& query, const CallContext& context);

}  // namespace broadsheet::search
