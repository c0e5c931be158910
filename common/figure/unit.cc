#include "common/figure/unit.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "common/figure/unit_table.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

constexpr size_t kMostPieces = 8;
constexpr size_t kMostSignPieces = 5;
constexpr size_t kMostAdjectives = 1;

using Kind = Piece::Kind;

struct Entry {
  FigureKind kind;
  std::string_view unit;
};
using Units = absl::flat_hash_map<std::string, Entry>;
using Regional = absl::flat_hash_map<std::string, std::vector<const RegionalCurrency*>>;

const Units& AllUnits() {
  static const Units* const units = [] {
    auto* made = new Units;
    for (const UnitRow& row : UnitRows()) {
      for (const absl::string_view words : absl::StrSplit(absl::string_view(row.words.data(), row.words.size()), '|'))
        made->emplace(LookupKey({words.data(), words.size()}), Entry{row.kind, row.unit});
      made->emplace(LookupKey(row.unit), Entry{row.kind, row.unit});
    }
    return made;
  }();
  return *units;
}

const Regional& AllRegional() {
  static const Regional* const regional = [] {
    auto* made = new Regional;
    for (const RegionalCurrency& row : RegionalCurrencies()) {
      for (const absl::string_view words : absl::StrSplit(absl::string_view(row.words.data(), row.words.size()), '|'))
        (*made)[LookupKey({words.data(), words.size()})].push_back(&row);
    }
    return made;
  }();
  return *regional;
}

const absl::flat_hash_map<std::string, std::string_view>& AllSigns() {
  static const auto* const signs = [] {
    auto* made = new absl::flat_hash_map<std::string, std::string_view>;
    for (const CurrencySign& row : CurrencySigns())
      (*made)[LookupKey(row.sign)] = row.currency;
    return made;
  }();
  return *signs;
}

// The first pieces of all units: most words behind a number are none, and that is soon known.
const absl::flat_hash_set<std::string>& FirstWords() {
  static const auto* const words = [] {
    auto* made = new absl::flat_hash_set<std::string>;
    for (const auto& [key, entry] : AllUnits())
      made->insert(key.substr(0, key.find(' ')));
    for (const auto& [key, rows] : AllRegional())
      made->insert(key.substr(0, key.find(' ')));
    return made;
  }();
  return *words;
}

std::optional<std::string_view> FindRegional(const std::string& key, const FigureContext& context) {
  const auto found = AllRegional().find(key);
  if (found == AllRegional().end()) return std::nullopt;
  for (const RegionalCurrency* row : found->second) {
    const bool fits = row->regions.empty() || row->regions.find(" " + context.region + " ") != std::string_view::npos;
    if (fits) return row->currency;
  }
  return std::nullopt;
}

bool IsCurrencyCode(std::string_view word) {
  if (word.size() != 3) return false;
  const size_t at = CurrencyCodes().find(word);
  return at != std::string_view::npos && CurrencyCodes()[at - 1] == ' ' && CurrencyCodes()[at + 3] == ' ';
}

bool IsLowerCase(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Words that no counted thing begins with or is.
bool IsFunctionWord(std::string_view word) {
  static const auto* const words = new absl::flat_hash_set<std::string_view>(
      {"in",   "on",   "at",   "to",    "of",      "for",   "by",     "with",  "from",   "and",    "or",
       "but",  "as",   "is",   "was",   "are",     "were",  "be",     "been",  "has",    "had",    "have",
       "that", "than", "this", "these", "those",   "its",   "his",    "her",   "their",  "our",    "your",
       "they", "it",   "he",   "she",   "we",      "who",   "which",  "when",  "where",  "if",     "not",
       "no",   "so",   "us",   "vs",    "plus",    "minus", "times",  "after", "before", "per",    "a",
       "an",   "the",  "each", "said",  "says",    "will",  "would",  "could", "may",    "might",  "can",
       "must", "also", "then", "there", "into",    "over",  "under",  "until", "since",  "during", "between",
       "does", "did",  "do",   "about", "percent", "years", "unless", "across"});
  return words->contains(word);
}

bool IsPlural(std::string_view word) {
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
         !word.ends_with("is");
}

}  // namespace

std::optional<FoundUnit> FindUnitBehind(std::string_view text, std::span<const Piece> pieces,
                                        const FigureContext& context, bool magnified) {
  // The keys of one, two and more pieces.
  std::vector<std::string> keys;
  for (size_t i = 0; i < std::min(pieces.size(), kMostPieces) && (i == 0 || !pieces[i].new_line); ++i) {
    std::string form = LookupForm(text, pieces[i]);
    if (i == 0 && !FirstWords().contains(form) && !IsCurrencyCode(TextOf(text, pieces[0]))) return std::nullopt;
    keys.push_back(i == 0 ? std::move(form) : keys.back() + " " + form);
  }
  for (size_t count = keys.size(); count > 0; --count) {
    const std::string& key = keys[count - 1];
    const auto found = AllUnits().find(key);
    if (key == "won" && !magnified) return std::nullopt;
    if (found != AllUnits().end()) return FoundUnit{found->second.kind, std::string(found->second.unit), count};
    if (const auto currency = FindRegional(key, context)) {
      return FoundUnit{FigureKind::kMoney, std::string(*currency), count};
    }
    const std::string_view word = TextOf(text, pieces[0]);
    if (count == 1 && IsCurrencyCode(word)) return FoundUnit{FigureKind::kMoney, std::string(word), 1};
    if (magnified && (key == "pounds" || key == "pound")) return FoundUnit{FigureKind::kMoney, "GBP", count};
  }
  return std::nullopt;
}

std::optional<FoundUnit> FindCurrencyBefore(std::string_view text, std::span<const Piece> pieces,
                                            const FigureContext& context) {
  size_t count = std::min(pieces.size(), kMostSignPieces);
  for (; count > 0; --count) {
    const auto words = pieces.last(count);
    const bool broken = std::any_of(words.begin() + 1, words.end(), [](const Piece& piece) { return !piece.tight; });
    if (broken) continue;
    const std::string key = LookupKey(text, words);
    const auto sign = AllSigns().find(key);
    if (sign != AllSigns().end()) return FoundUnit{FigureKind::kMoney, std::string(sign->second), count};
    const bool is_sign = words.back().kind == Kind::kMark || key == "rs" || key == "rs .";
    const auto regional = is_sign ? FindRegional(key, context) : std::nullopt;
    if (regional) return FoundUnit{FigureKind::kMoney, std::string(*regional), count};
    const std::string_view word = TextOf(text, words.back());
    if (count == 1 && IsCurrencyCode(word)) return FoundUnit{FigureKind::kMoney, std::string(word), 1};
  }
  return std::nullopt;
}

std::optional<FoundUnit> FindCountedPlural(std::string_view text, std::span<const Piece> pieces) {
  for (size_t i = 0; i < pieces.size() && i <= kMostAdjectives; ++i) {
    const std::string_view word = TextOf(text, pieces[i]);
    if (pieces[i].kind != Kind::kWord || pieces[i].tight || pieces[i].new_line) return std::nullopt;
    const std::string folded = FoldForMatch(word);
    if (!IsLowerCase(folded) || IsFunctionWord(folded)) return std::nullopt;
    const auto known = AllUnits().find(folded);
    if (known != AllUnits().end() && known->second.kind == FigureKind::kCount) {
      return FoundUnit{FigureKind::kCount, std::string(known->second.unit), i + 1};
    }
    if (IsPlural(folded) && known == AllUnits().end()) return FoundUnit{FigureKind::kCount, folded, i + 1};
  }
  return std::nullopt;
}

}  // namespace broadsheet
