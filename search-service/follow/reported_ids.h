#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

#include "absl/container/flat_hash_set.h"

namespace broadsheet::search {

// Which articles a live query has reported and not withdrawn, in bounded memory: the newest kReportedIds, by hashes of
// their ids. Once one was forgotten, whoever is not in it may still have been reported. Not thread-safe.
class ReportedIds {
 public:
  static constexpr size_t kReportedIds = 4'096;  // about 60 KB

  bool Has(std::string_view id) const;
  void Add(std::string_view id);
  void Remove(std::string_view id);

  // Nothing can be ruled out any more.
  void Forget() { forgot_ = true; }
  bool forgot() const { return forgot_; }

  size_t size() const { return ids_.size(); }

 private:
  absl::flat_hash_set<uint64_t> ids_;
  std::deque<uint64_t> order_;  // of ids_, oldest first
  bool forgot_ = false;
};

}  // namespace broadsheet::search
