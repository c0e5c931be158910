#include "search/rpc/stream_sources.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "search/follow/exporter.h"
#include "search/follow/watcher.h"
#include "search/index/snapshot_watcher.h"

namespace broadsheet::search {
namespace {

constexpr absl::Duration kAgain = absl::Milliseconds(20);
constexpr int kMostOvertaken = 50;  // turns one after the other

// What becomes of a stream whose turn failed.
class Failures {
 public:
  StreamState Handle(const absl::Status& status) {
    const bool overtaken = absl::IsAborted(status) && ++overtaken_ < kMostOvertaken;
    if (overtaken) return {.end = std::nullopt, .wait_until = absl::Now() + kAgain};
    return {.end = status, .wait_until = absl::InfinitePast()};
  }
  void Succeeded() { overtaken_ = 0; }

 private:
  int overtaken_ = 0;
};

class ExportSource : public StreamSource<v1::ExportArticlesResponse> {
 public:
  ExportSource(ExportPlan plan, ReaderPool& readers, const Clock& clock)
      : exporter_(std::move(plan.query), plan.resume, readers, clock) {}

  StreamStep<v1::ExportArticlesResponse> Next(const CallContext& context) override {
    auto slice = exporter_.Next(context.Within(kLongestTurn));
    if (!slice.ok() && ReasonOf(slice.status()) == "SEQUENCE_NOT_REACHED" && absl::Now() < patient_until_) {
      return {{}, {.end = std::nullopt, .wait_until = patient_until_}};  // woken by every snapshot
    }
    if (!slice.ok()) return {{}, failures_.Handle(slice.status())};
    failures_.Succeeded();
    StreamStep<v1::ExportArticlesResponse> step{std::move(slice->messages), {}};
    if (slice->finished) step.state.end = absl::OkStatus();
    return step;
  }

 private:
  const absl::Time patient_until_ = absl::Now() + kLongestWait;
  Exporter exporter_;
  Failures failures_;
};

class WatchSource : public StreamSource<v1::WatchArticlesResponse> {
 public:
  WatchSource(WatchPlan plan, ReaderPool& readers, WatchBoard& board, const Clock& clock)
      : heartbeat_(plan.heartbeat),
        watcher_(std::move(plan.query), plan.resume, plan.start_sequence, readers, board, clock) {}

  StreamStep<v1::WatchArticlesResponse> Next(const CallContext& context) override {
    const absl::Time now = absl::Now();
    // This turn comes as soon as the messages of the one before are written, if it had any.
    const bool slow = made_some_ && now - last_made_ > kSlowReader;
    auto turn = watcher_.Next(slow, context.Within(kLongestTurn));
    if (!turn.ok()) return {{}, failures_.Handle(turn.status())};
    failures_.Succeeded();
    if (turn->caught_up && turn->messages.empty() && now - last_made_ >= heartbeat_) {
      turn->messages.push_back(watcher_.Heartbeat());
    }
    made_some_ = !turn->messages.empty();
    if (made_some_) last_made_ = now;
    StreamStep<v1::WatchArticlesResponse> step{std::move(turn->messages), {}};
    if (turn->caught_up && !made_some_) {
      step.state.wait_until = std::min(last_made_ + heartbeat_, now + turn->next_embargo);
    }
    return step;
  }

 private:
  const absl::Duration heartbeat_;
  Watcher watcher_;
  Failures failures_;
  bool made_some_ = false;  // in the turn before
  absl::Time last_made_ = absl::Now();
};

}  // namespace

std::unique_ptr<StreamSource<v1::ExportArticlesResponse>> MakeExportSource(ExportPlan plan, ReaderPool& readers,
                                                                           const Clock& clock) {
  return std::make_unique<ExportSource>(std::move(plan), readers, clock);
}

std::unique_ptr<StreamSource<v1::WatchArticlesResponse>> MakeWatchSource(WatchPlan plan, ReaderPool& readers,
                                                                         WatchBoard& board, const Clock& clock) {
  return std::make_unique<WatchSource>(std::move(plan), readers, board, clock);
}

}  // namespace broadsheet::search
