#include "search/discover/lexicon.h"

#include <algorithm>
#include <numeric>

#include "absl/container/flat_hash_set.h"
#include "common/text/tokenizer.h"

namespace broadsheet::search {
namespace {

// Names and words that have the same words are shown once, so more are looked at than asked for.
constexpr size_t kSpareStarts = 2;

// The best `most` by `better`, best first.
template <typename Entry, typename Better>
void KeepBest(std::vector<Entry>& entries, size_t most, Better better) {
  const size_t kept = std::min(most, entries.size());
  std::partial_sort(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(kept), entries.end(), better);
  entries.resize(kept);
}

}  // namespace

void KeepMostFrequent(std::vector<Counted>& entries, size_t most) {
  const auto more = [](const Counted& left, const Counted& right) {
    return left.articles != right.articles ? left.articles > right.articles : left.text < right.text;
  };
  if (entries.size() > most) {
    std::nth_element(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(most), entries.end(), more);
    entries.resize(most);
  }
  std::sort(entries.begin(), entries.end(), [](const auto& left, const auto& right) { return left.text < right.text; });
}

PrefixTable::PrefixTable(const std::vector<Counted>& entries) {
  entries_.reserve(entries.size());
  for (const Counted& entry : entries) {
    entries_.push_back({static_cast<uint32_t>(texts_.size()), entry.articles});
    texts_ += entry.text;
  }
  texts_.shrink_to_fit();
}

std::string_view PrefixTable::TextOf(size_t entry) const {
  const size_t begin = entries_[entry].begin;
  const size_t end = entry + 1 < entries_.size() ? entries_[entry + 1].begin : texts_.size();
  return std::string_view(texts_).substr(begin, end - begin);
}

size_t PrefixTable::FirstNot(const std::function<bool(std::string_view)>& before) const {
  size_t first = 0;
  for (size_t count = entries_.size(); count > 0;) {
    const size_t half = count / 2;
    if (before(TextOf(first + half))) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

std::vector<Counted> PrefixTable::Find(std::string_view prefix, size_t most) const {
  const size_t first = FirstNot([&](std::string_view text) { return text < prefix; });
  const size_t past = FirstNot([&](std::string_view text) { return text.substr(0, prefix.size()) <= prefix; });
  std::vector<uint32_t> found(past - first);
  std::iota(found.begin(), found.end(), static_cast<uint32_t>(first));
  KeepBest(found, most, [&](uint32_t left, uint32_t right) {
    return entries_[left].articles != entries_[right].articles ? entries_[left].articles > entries_[right].articles
                                                               : left < right;
  });
  std::vector<Counted> best;
  for (uint32_t entry : found)
    best.push_back({std::string(TextOf(entry)), entries_[entry].articles});
  return best;
}

std::string WordStartTable::KeyOf(std::string_view text) {
  std::string key;
  ForEachToken(text, [&](const Token& token) {
    if (token.overlay) return;
    key.append(token.text).append(" ");
  });
  return key;
}

WordStartTable::WordStartTable(const std::vector<Counted>& entries) {
  for (const Counted& entry : entries) {
    const auto text = static_cast<uint32_t>(texts_.size());
    texts_.push_back({static_cast<uint32_t>(shown_.size()), static_cast<uint32_t>(keys_.size())});
    shown_.append(entry.text).append("\n");
    const std::string key = KeyOf(entry.text);
    for (size_t at = 0; at < key.size(); at = key.find(' ', at) + 1)
      starts_.push_back({static_cast<uint32_t>(keys_.size() + at), text, entry.articles});
    keys_.append(key).append("\n");
  }
  std::sort(starts_.begin(), starts_.end(), [&](const Start& left, const Start& right) {
    const int order = KeyAt(left.key).compare(KeyAt(right.key));
    return order != 0 ? order < 0 : left.text < right.text;
  });
}

std::vector<Counted> WordStartTable::Find(std::string_view key, size_t most) const {
  const auto first =
      std::partition_point(starts_.begin(), starts_.end(), [&](const Start& start) { return KeyAt(start.key) < key; });
  const auto past = std::partition_point(
      first, starts_.end(), [&](const Start& start) { return KeyAt(start.key).substr(0, key.size()) <= key; });
  std::vector<Start> found(first, past);
  KeepBest(found, most * kSpareStarts, [](const Start& left, const Start& right) {
    return left.articles != right.articles ? left.articles > right.articles : left.text < right.text;
  });
  std::vector<Counted> best;
  absl::flat_hash_set<std::string> known;
  for (const Start& start : found) {
    if (best.size() == most) break;
    const Text& text = texts_[start.text];
    if (!known.emplace(KeyAt(text.key)).second) continue;
    best.push_back({shown_.substr(text.begin, shown_.find('\n', text.begin) - text.begin), start.articles});
  }
  return best;
}

}  // namespace broadsheet::search
