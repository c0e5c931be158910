#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/discover/company.h"

// What can be suggested, in memory, to be found by its beginning.
namespace broadsheet::search {

// A text and how many articles have it.
struct Counted {
  std::string text;
  uint32_t articles = 0;
};

// Keeps the `most` most frequent of `entries` (of equals, the first in byte order), in byte order.
void KeepMostFrequent(std::vector<Counted>& entries, size_t most);

// Texts found by their first bytes. Built once, then thread-safe. About 8 bytes an entry and its text.
class PrefixTable {
 public:
  PrefixTable() = default;

  // `entries` in byte order, without repetition.
  explicit PrefixTable(const std::vector<Counted>& entries);

  // The most frequent texts that begin with `prefix`, at most `most`, most frequent first, of equals the first in byte
  // order. Reads every entry that begins so: some nanoseconds each.
  std::vector<Counted> Find(std::string_view prefix, size_t most) const;

  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    uint32_t begin;
    uint32_t articles;
  };

  std::string_view TextOf(size_t entry) const;

  // The first entry that is not `before`; all that are stand before all that are not.
  size_t FirstNot(const std::function<bool(std::string_view)>& before) const;

  std::string texts_;
  std::vector<Entry> entries_;
};

// Texts of several words found by the beginning of any of their words. Words are folded (common/text/tokenizer.h).
// Built once, then thread-safe. About 12 bytes a word, 8 a text, and twice the text.
class WordStartTable {
 public:
  WordStartTable() = default;

  // `entries` without repetition.
  explicit WordStartTable(const std::vector<Counted>& entries);

  // The most frequent texts of which some word and what follows begin with `key` (KeyOf): "col" and "elbridge c" find
  // Elbridge Colby. Of texts with the same words, the most frequent. Order and cost as PrefixTable::Find.
  std::vector<Counted> Find(std::string_view key, size_t most) const;

  // The folded words of a text, each with a blank after it.
  static std::string KeyOf(std::string_view text);

  size_t size() const { return texts_.size(); }

 private:
  struct Text {
    uint32_t begin;  // in shown_
    uint32_t key;    // in keys_
  };
  struct Start {
    uint32_t key;  // in keys_: where a word begins
    uint32_t text;
    uint32_t articles;
  };

  std::string_view KeyAt(uint32_t at) const { return std::string_view(keys_).substr(at, keys_.find('\n', at) - at); }

  std::string shown_, keys_;  // each with '\n' at its end
  std::vector<Text> texts_;
  std::vector<Start> starts_;  // in the byte order of their keys
};

inline constexpr size_t kMaxLexiconWords = 500'000;
inline constexpr size_t kMaxLexiconNames = 500'000;
inline constexpr size_t kMaxLexiconSources = 50'000;

// What Suggest completes from beside a sample of texts (Learned). It proposes: what is said of a proposal comes from
// the snapshot that answers.
struct Lexicon {
  PrefixTable words;        // of title and body, folded
  PrefixTable title_words;  // folded
  WordStartTable names;     // as written
  WordStartTable sources;
  int64_t sequence = 0;  // whatever was written up to here is in it
  std::string lineage;   // of that sequence
};

// What a sample of texts teaches. At most 15 MB.
struct Learned {
  PrefixTable phrases;  // folded, by weight (FindPhrases)
  Company company;
  int64_t sequence = 0;  // as in Lexicon
  std::string lineage;
};

}  // namespace broadsheet::search
