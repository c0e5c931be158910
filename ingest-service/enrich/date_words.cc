#include "ingest/enrich/date_words.h"

#include <unicode/dtfmtsym.h>

#include <algorithm>
#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "ingest/enrich/date_tables.h"

namespace broadsheet::ingest {
namespace {

constexpr std::array<const char*, 26> kLocales = {"en", "de", "fr", "es",    "it",    "pt",    "nl", "sv", "da",
                                                  "nb", "fi", "pl", "cs",    "ro",    "hu",    "tr", "ru", "uk",
                                                  "el", "ca", "ar", "ar_IQ", "ar_DZ", "ar_MA", "ja", "zh"};
constexpr size_t kMostWords = 6;     // tokens of the longest words
constexpr size_t kShortestName = 3;  // bytes of a month or day that is no Han

// By what is asked and the words, as tokens with a space between them. Names that differ between languages:
// 0 of a month, -1 of a weekday.
using Vocabulary = absl::flat_hash_map<std::string, int>;

std::string Key(DateWord meaning, std::span<const DateToken> tokens) {
  std::string key(1, static_cast<char>(meaning));
  for (const DateToken& token : tokens) {
    key += ' ';
    key += token.text;
  }
  return key;
}

// Periods at the end do not count: "jan.", "p.m.".
std::string KeyOf(DateWord meaning, std::string_view words) {
  const std::string folded = FoldDate(words);
  std::vector<DateToken> tokens = SplitDate(folded);
  while (!tokens.empty() && tokens.back().text == ".")
    tokens.pop_back();
  return tokens.empty() ? std::string() : Key(meaning, tokens);
}

std::string Utf8(const icu::UnicodeString& name) {
  std::string utf8;
  name.toUTF8String(utf8);
  return utf8;
}

void AddNames(DateWord meaning, const icu::UnicodeString* names, int count, int first, Vocabulary& words) {
  for (int i = 0; i < count; ++i) {
    const std::string name = Utf8(names[i]);
    const std::string key = KeyOf(meaning, name);
    if (key.empty() || name.size() < kShortestName || (name[0] >= '0' && name[0] <= '9')) continue;
    const auto [found, added] = words.emplace(key, first + i);
    if (!added && found->second != first + i) found->second = meaning == DateWord::kMonth ? 0 : -1;
  }
}

void AddLocale(const char* locale, Vocabulary& words) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(locale), status);
  if (U_FAILURE(status)) return;
  using Symbols = icu::DateFormatSymbols;
  for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
    for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
      int32_t count = 0;
      const icu::UnicodeString* months = symbols.getMonths(count, context, width);
      AddNames(DateWord::kMonth, months, std::min(count, 12), 1, words);
      const icu::UnicodeString* days = symbols.getWeekdays(count, context, width);
      if (count == 8) AddNames(DateWord::kWeekday, days + 1, 7, 0, words);
    }
  }
}

// The tables come after ICU and win over it: English where another language has the word for another month.
void AddTable(std::span<const DateWordRow> table, Vocabulary& words) {
  for (const DateWordRow& row : table) {
    int value = row.first;
    const absl::string_view list(row.words.data(), row.words.size());
    for (const absl::string_view word : absl::StrSplit(list, '|')) {
      words[KeyOf(row.meaning, {word.data(), word.size()})] = value;
      value += row.step;
    }
  }
}

const Vocabulary& Words() {
  static const Vocabulary* const words = [] {
    auto* made = new Vocabulary;
    for (const char* locale : kLocales)
      AddLocale(locale, *made);
    for (const auto& table : DateTables())
      AddTable(table, *made);
    return made;
  }();
  return *words;
}

}  // namespace

std::optional<FoundWord> FindWord(std::span<const DateToken> tokens, DateWord meaning) {
  const Vocabulary& words = Words();
  for (size_t count = std::min(tokens.size(), kMostWords); count > 0; --count) {
    const auto found = words.find(Key(meaning, tokens.first(count)));
    if (found == words.end()) continue;
    const bool is_told = meaning != DateWord::kMonth || found->second > 0;
    if (is_told) return FoundWord{found->second, count};
  }
  return std::nullopt;
}

}  // namespace broadsheet::ingest
