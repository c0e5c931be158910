#include "search/discover/lexicon_builder.h"

#include <utility>
#include <vector>

#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "common/schema/term.h"
#include "search/discover/phrases.h"
#include "search/discover/text_sample.h"

namespace broadsheet::search {
namespace {

constexpr int kTermsOfALease = 20'000;
// The first byte of words that begin with a letter: terms with a prefix and numbers come before it.
constexpr std::string_view kFirstLetter = "a";

class Walk {
 public:
  Walk(ReaderPool& readers, const std::function<bool()>& stopping) : readers_(readers), stopping_(stopping) {}

  // All terms that begin with `prefix`, from prefix + `first` on, without the prefix; the `most` most frequent of them.
  absl::StatusOr<std::vector<Counted>> Collect(std::string_view prefix, std::string_view first, size_t most) {
    std::vector<Counted> found;
    std::string next = std::string(prefix).append(first);
    while (!next.empty()) {
      if (stopping_()) return absl::CancelledError("stopping");
      const size_t before = found.size();
      std::string after;
      absl::Status read = readers_.Run({}, [&](Reader& reader, Effort) {
        found.resize(before);  // an attempt may have been overtaken
        return CatchXapian([&] { after = ReadSome(reader.database(), prefix, next, found); });
      });
      if (!read.ok()) return read;
      next = std::move(after);
      if (found.size() > 2 * most) KeepMostFrequent(found, most);
    }
    KeepMostFrequent(found, most);
    return found;
  }

 private:
  // Returns the term to go on with; empty at the end.
  static std::string ReadSome(const Xapian::Database& database, std::string_view prefix, const std::string& from,
                              std::vector<Counted>& found) {
    auto term = database.allterms_begin(std::string(prefix));
    term.skip_to(from);
    for (int read = 0; term != database.allterms_end(std::string(prefix)); ++term, ++read) {
      if (read == kTermsOfALease) return *term;
      found.push_back({(*term).substr(prefix.size()), term.get_termfreq()});
    }
    return {};
  }

  ReaderPool& readers_;
  const std::function<bool()>& stopping_;
};

// Values that are too long are in the index as a hash.
void DropHashed(std::vector<Counted>& values, std::string_view prefix) {
  std::erase_if(values, [&](const Counted& value) { return prefix.size() + value.text.size() >= kMaxTermBytes; });
}

// Sets the sequence and lineage of a Lexicon or Learned.
template <typename Dated>
absl::Status SetAge(ReaderPool& readers, Dated& dated) {
  return readers.Run({}, [&](Reader& reader, Effort) {
    dated.sequence = reader.snapshot().sequence;
    dated.lineage = reader.snapshot().lineage;
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Learned>> Learn(ReaderPool& readers, const std::function<bool()>& stopping) {
  auto learned = std::make_shared<Learned>();
  if (absl::Status begun = SetAge(readers, *learned); !begun.ok()) return begun;
  auto sample = SampleTexts(readers, stopping);
  if (!sample.ok()) return sample.status();
  learned->phrases = PrefixTable(FindPhrases(*sample));
  learned->company = Company(*sample);
  return std::shared_ptr<const Learned>(std::move(learned));
}

absl::StatusOr<std::shared_ptr<const Lexicon>> BuildLexicon(ReaderPool& readers,
                                                            const std::function<bool()>& stopping) {
  auto lexicon = std::make_shared<Lexicon>();
  if (absl::Status begun = SetAge(readers, *lexicon); !begun.ok()) return begun;
  Walk walk(readers, stopping);
  auto words = walk.Collect("", kFirstLetter, kMaxLexiconWords);
  if (!words.ok()) return words.status();
  lexicon->words = PrefixTable(*words);
  words = walk.Collect(GetField(FieldId::kTitle).words_prefix, kFirstLetter, kMaxLexiconWords);
  if (!words.ok()) return words.status();
  lexicon->title_words = PrefixTable(*words);
  words = walk.Collect(kNamePrefix, "", kMaxLexiconNames);
  if (!words.ok()) return words.status();
  lexicon->names = WordStartTable(*words);
  const std::string_view source = GetField(FieldId::kSource).keyword_prefix;
  words = walk.Collect(source, "", kMaxLexiconSources);
  if (!words.ok()) return words.status();
  DropHashed(*words, source);
  lexicon->sources = WordStartTable(*words);
  return std::shared_ptr<const Lexicon>(std::move(lexicon));
}

}  // namespace broadsheet::search
