#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/hash.h"
#include "ingest/index/archive_view.h"
#include "ingest/index/index_event.h"

namespace broadsheet::ingest {

// 2026-03-02 08:00 UTC, when the events of these tests begin.
inline absl::Time TestStart() {
  return absl::FromUnixSeconds(1772438400);
}

// 120 words of a report of its own for each `number`, some of them replaced: those with few are copies of each other.
inline std::string Report(int number, int replaced, std::mt19937& random) {
  std::vector<std::string> words;
  for (int i = 0; i < 120; ++i)
    words.push_back(absl::StrCat("word", number, "x", i));
  for (int i = 0; i < replaced; ++i)
    words[random() % words.size()] = absl::StrCat("other", random() % 1'000);
  return absl::StrJoin(words, " ");
}

// An archive in memory. Thread-safe.
class EventLog {
 public:
  int64_t Write(const std::string& id, const std::string& title, const std::string& body,
                std::optional<absl::Time> embargo = std::nullopt) {
    std::lock_guard lock(mutex_);
    IndexEvent event;
    event.sequence = NextSequence();
    v1::Article& article = event.article;
    article.set_id(id);
    article.set_title(title);
    article.set_body(body);
    article.set_language("en");
    article.set_content_hash(Hash128Hex(body));
    if (embargo.has_value()) article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(*embargo));
    article.set_sequence(event.sequence);
    if (event.sequence % 7 != 0) {
      article.mutable_published_time()->set_seconds(absl::ToUnixSeconds(TestStart()) -
                                                    event.sequence * 7'919 % 100'000);
    }
    event.first_sequence = first_.try_emplace(id, event.sequence).first->second;
    event.first_received = TestStart() + absl::Seconds(event.first_sequence);
    article.mutable_updated_time()->set_seconds(absl::ToUnixSeconds(TestStart()) + event.sequence);
    events_.push_back(event);
    return event.sequence;
  }

  int64_t Delete(const std::string& id, absl::Time when = TestStart()) {
    std::lock_guard lock(mutex_);
    IndexEvent event;
    event.kind = IndexEvent::Kind::kDelete;
    event.sequence = NextSequence();
    event.article_id = id;
    event.updated_time = when;
    event.time = when;
    events_.push_back(event);
    return event.sequence;
  }

  // Writes, rewrites and deletes over a small set of ids, the same for the same seed.
  void WriteRandomly(int events, unsigned seed) {
    static constexpr const char* kWords[] = {"harbour",  "council", "votes",   "tariff", "storm", "ferry",  "budget",
                                             "minister", "orchard", "strikes", "ended",  "talks", "rivers", "2+2"};
    std::mt19937 random(seed);
    for (int i = 0; i < events; ++i) {
      const std::string id = absl::StrCat("article-", random() % 60);
      if (random() % 5 == 0) {
        Delete(id);
        continue;
      }
      std::string body;
      const bool is_report = random() % 2 == 0;
      for (int word = 0; word < 40; ++word)
        absl::StrAppend(&body, kWords[random() % std::size(kWords)], " ");
      if (is_report) body = Report(static_cast<int>(random() % 4), static_cast<int>(random() % 8), random);
      std::optional<absl::Time> embargo;
      if (random() % 6 == 0) embargo = TestStart() + absl::Seconds(random() % 300);
      Write(id, absl::StrCat(kWords[random() % std::size(kWords)], " ", i), body, embargo);
    }
  }

  int64_t last_sequence() const {
    std::lock_guard lock(mutex_);
    return static_cast<int64_t>(events_.size());
  }

  // All events. Must not outlive the log.
  EventReader Reader() {
    return [this](int64_t after, const EventLimits& limits) { return Read(after, limits); };
  }

  // Only what stands at the sequence up to which it is read.
  EventReader StandingReader() {
    return [this](int64_t after, const EventLimits& limits) {
      std::map<std::string, int64_t> newest;
      {
        std::lock_guard lock(mutex_);
        for (const IndexEvent& event : events_) {
          if (event.sequence <= limits.through_sequence) newest[IdOf(event)] = event.sequence;
        }
      }
      std::vector<IndexEvent> standing;
      const auto events = Read(after, {limits.through_sequence, 1'000'000, 0});
      for (const IndexEvent& event : *events) {
        if (newest[IdOf(event)] == event.sequence && standing.size() < limits.events) standing.push_back(event);
      }
      return absl::StatusOr<std::vector<IndexEvent>>(standing);
    };
  }

  // The log as what repairs an index. Must not outlive it.
  ArchiveView View() {
    ArchiveView view;
    view.standing = [this](int64_t after, int64_t through, size_t limit) {
      std::lock_guard lock(mutex_);
      std::map<std::string, int64_t> newest;
      for (const IndexEvent& event : events_)
        newest[IdOf(event)] = event.sequence;
      std::vector<int64_t> standing;
      for (const IndexEvent& event : events_) {
        const int64_t sequence = event.sequence;
        if (sequence > after && sequence <= through && newest[IdOf(event)] == sequence) standing.push_back(sequence);
      }
      standing.resize(std::min(standing.size(), limit));
      return absl::StatusOr<std::vector<int64_t>>(standing);
    };
    view.newest_of_same = [this](int64_t sequence, int64_t through) {
      std::lock_guard lock(mutex_);
      return absl::StatusOr<int64_t>(LastOf(IdOf(events_[sequence - 1]), through));
    };
    view.read = [this](int64_t sequence) {
      std::lock_guard lock(mutex_);
      ++read_for_repair_;
      return absl::StatusOr<IndexEvent>(events_[sequence - 1]);
    };
    view.before = [this](int64_t sequence) -> absl::StatusOr<std::optional<IndexEvent>> {
      std::lock_guard lock(mutex_);
      const int64_t before = LastOf(IdOf(events_[sequence - 1]), sequence - 1);
      if (before == 0) return std::nullopt;
      return events_[before - 1];
    };
    return view;
  }

  int64_t read_for_repair() const { return read_for_repair_; }

  // The newest event of an article up to a sequence; 0: there is none.
  int64_t NewestOf(const std::string& id, int64_t through) const {
    std::lock_guard lock(mutex_);
    return LastOf(id, through);
  }

 private:
  int64_t LastOf(const std::string& id, int64_t through) const {
    for (int64_t sequence = std::min<int64_t>(through, static_cast<int64_t>(events_.size())); sequence > 0;
         --sequence) {
      if (IdOf(events_[sequence - 1]) == id) return sequence;
    }
    return 0;
  }

  static std::string IdOf(const IndexEvent& event) {
    return event.kind == IndexEvent::Kind::kDelete ? event.article_id : event.article.id();
  }

  int64_t NextSequence() const { return static_cast<int64_t>(events_.size()) + 1; }

  absl::StatusOr<std::vector<IndexEvent>> Read(int64_t after, const EventLimits& limits) {
    std::lock_guard lock(mutex_);
    int64_t through = std::min<int64_t>(limits.through_sequence, static_cast<int64_t>(events_.size()));
    through = std::min(through, after + static_cast<int64_t>(limits.events));
    if (through <= after) return std::vector<IndexEvent>();
    return std::vector<IndexEvent>(events_.begin() + after, events_.begin() + through);
  }

  mutable std::mutex mutex_;
  std::vector<IndexEvent> events_;  // sequence - 1 is the place
  std::map<std::string, int64_t> first_;
  std::atomic<int64_t> read_for_repair_{0};
};

// A clock that a test sets.
class SetClock : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixMicros(micros_); }
  void Set(absl::Time now) { micros_ = absl::ToUnixMicros(now); }

 private:
  std::atomic<int64_t> micros_{absl::ToUnixMicros(TestStart())};
};

}  // namespace broadsheet::ingest
