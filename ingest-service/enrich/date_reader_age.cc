#include <algorithm>

#include "ingest/enrich/date_reader.h"

// Ages: "3 hours ago", "yesterday".
namespace broadsheet::ingest {
namespace {

using enum DateWord;

constexpr int kMostUnits = 1000;

struct Unit {
  DateWord word;
  absl::Duration length;
  bool whole_days;
};

const Unit* FindUnit(std::span<const DateToken> tokens, size_t& length) {
  static const Unit kUnits[] = {{kHours, absl::Hours(1), false},
                                {kMinutes, absl::Minutes(1), false},
                                {kSeconds, absl::Seconds(1), false},
                                {kDays, absl::Hours(24), true}};
  const Unit* best = nullptr;
  length = 0;
  for (const Unit& unit : kUnits) {
    const auto found = FindWord(tokens, unit.word);
    if (!found || found->tokens <= length) continue;
    best = &unit;
    length = found->tokens;
  }
  return best;
}

}  // namespace

// A count in digits or words at `ahead`: how many tokens it takes.
size_t DateReader::ReadCountOfAge(size_t ahead, int& count) const {
  if (IsNumber(ahead, 9)) {
    count = Peek(ahead).value;
    return count <= kMostUnits ? 1 : 0;
  }
  const auto word = Find(kNumber, ahead);
  if (!word) return 0;
  count = word->value;
  return word->tokens;
}

// A unit at `ahead` and what `count` of it make: how many tokens it takes.
size_t DateReader::ReadUnitOfAge(size_t ahead, int count, Age& age) {
  size_t tokens = 0;
  if (const Unit* unit = FindUnit(Rest(ahead), tokens)) {
    age.duration += count * unit->length;
    age.whole_days = unit->whole_days;
    return tokens;
  }
  const auto vague = Find(kLongAge, ahead);
  if (!vague) return 0;
  age_too_vague_ = true;
  return vague->tokens;
}

// "3 hours ago", "il y a 2 heures", 3時間前, "1 hour 20 minutes ago", "منذ ساعتين".
bool DateReader::ReadAge() {
  if (age_) return false;
  if (const auto now = Find(kNow); now && !Find(kDayOffset)) {
    age_ = Age{};
    at_ += now->tokens;
    return true;
  }
  const auto before = Find(kAgoBefore);
  size_t ahead = before ? before->tokens : 0;
  const bool was_vague = age_too_vague_;
  Age age;
  size_t units = 0;
  for (int part = 0; part < 3; ++part) {
    int count = 1;
    size_t counted = ReadCountOfAge(ahead, count);
    // "منذ ساعة": the unit alone is one of it.
    if (counted == 0 && (!before || part > 0)) break;
    const size_t unit = ReadUnitOfAge(ahead + counted, count, age);
    if (unit == 0) break;
    units += 1;
    ahead += counted + unit;
    if (Has(ahead, ".")) ++ahead;
    if (Has(ahead, ",") || Has(ahead, "and") || Has(ahead, "und") || Has(ahead, "et") || Has(ahead, "y")) ++ahead;
  }
  if (units == 0 && before) {
    for (const auto& [dual, length] : {std::pair(kTwoHours, absl::Hours(2)), std::pair(kTwoMinutes, absl::Minutes(2)),
                                       std::pair(kTwoDays, absl::Hours(48))}) {
      const auto found = Find(dual, ahead);
      if (!found) continue;
      age = {length, dual == kTwoDays};
      ahead += found->tokens;
      units = 1;
    }
  }
  const auto after = Find(kAgoAfter, ahead);
  if (units == 0 || (!before && !after)) {
    age_too_vague_ = was_vague;
    return false;
  }
  if (!age_too_vague_) age_ = age;
  at_ += ahead + (after && !before ? after->tokens : 0);
  return true;
}

bool DateReader::ReadDayOffset() {
  const auto offset = Find(kDayOffset);
  if (!offset || has_date()) return false;
  at_ += offset->tokens;
  age_ = Age{-offset->value * absl::Hours(24), true};
  return true;
}

std::optional<Moment> DateReader::TimeBefore(absl::Time fetched) const {
  if (!age() || !failure_.empty() || age_too_vague_) return std::nullopt;
  if (!age_->whole_days) {
    const absl::Time time = fetched - age_->duration;
    return Moment{time, absl::ToCivilDay(time, absl::UTCTimeZone())};
  }
  const absl::CivilSecond there = absl::ToCivilSecond(fetched, absl::UTCTimeZone());
  const absl::CivilDay today(there + absl::ToInt64Seconds(Offset(there).value_or(absl::ZeroDuration())));
  return On(today - age_->duration / absl::Hours(24));
}

}  // namespace broadsheet::ingest
