#include "ingest/index/repair_plan.h"

#include <utility>

#include "common/index/xapian_status.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kReadSequences = 50'000;
constexpr int kLookEvery = 4'096;

class Planning {
 public:
  Planning(const StandingDocuments& documents, const ArchiveView& archive, int64_t sequence,
           const std::function<bool()>& stopping)
      : documents_(documents),
        archive_(archive),
        sequence_(sequence),
        stopping_(stopping),
        stands_(static_cast<size_t>(sequence) + 1),
        held_(static_cast<size_t>(sequence) + 1) {}

  RepairPlan Run() {
    ReadArchive();
    const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kSequence).slot);
    documents_.ForEachValue(slot, [this](const DocumentPlace& place, const std::string& value) {
      Look(place, DecodeNumber(value));
      if (++looked_ % kLookEvery == 0) ThrowIfStopping();
    });
    for (int64_t sequence = 1; sequence <= sequence_; ++sequence) {
      if (stands_[sequence] && !held_[sequence]) plan_.lost.push_back(sequence);
    }
    return std::move(plan_);
  }

 private:
  void ThrowIfStopping() const {
    if (stopping_()) throw StatusException{absl::CancelledError("stopping")};
  }

  void ReadArchive() {
    for (int64_t after = 0;;) {
      ThrowIfStopping();
      const std::vector<int64_t> some = OrThrow(archive_.standing(after, sequence_, kReadSequences));
      for (int64_t sequence : some)
        stands_[static_cast<size_t>(sequence)] = true;
      if (some.empty()) return;
      after = some.back();
    }
  }

  // The hot shard comes first, and what it has stands.
  void Look(const DocumentPlace& place, int64_t sequence) {
    const bool known = sequence > 0 && sequence <= sequence_;
    if (known && held_[static_cast<size_t>(sequence)]) {
      plan_.doubles = true;
      plan_.overtaken.push_back(place);
    } else if (known && Stands(sequence)) {
      held_[static_cast<size_t>(sequence)] = true;
    } else if (place.shard != 0) {
      plan_.overtaken.push_back(place);
    }
  }

  // The archive may be ahead: what it has overtaken since still stands in the index.
  bool Stands(int64_t sequence) const {
    if (stands_[static_cast<size_t>(sequence)]) return true;
    return OrThrow(archive_.newest_of_same(sequence, sequence_)) == sequence;
  }

  const StandingDocuments& documents_;
  const ArchiveView& archive_;
  const int64_t sequence_;
  const std::function<bool()>& stopping_;
  std::vector<bool> stands_;  // by sequence, in the archive
  std::vector<bool> held_;    // by sequence, by a document
  int64_t looked_ = 0;
  RepairPlan plan_;
};

}  // namespace

RepairPlan PlanRepair(const StandingDocuments& documents, const ArchiveView& archive, int64_t sequence,
                      const std::function<bool()>& stopping) {
  return Planning(documents, archive, sequence, stopping).Run();
}

}  // namespace broadsheet::ingest
