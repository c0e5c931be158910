#include "common/text/dictionary_scanner.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/utext.h>

#include <memory>
#include <string>
#include <vector>

#include "common/text/character.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

using enum CharacterClass;

// Breaks need scratch memory in the iterator, and making one is slow: one a thread, made at the first need.
icu::BreakIterator* WordBreaker() {
  thread_local std::unique_ptr<icu::BreakIterator> breaker = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  }();
  return breaker.get();
}

size_t RunEnd(std::string_view text, size_t at) {
  size_t end = at;
  for (Character character = CharacterAt(text, at);; character = CharacterAt(text, at)) {
    if (character.kind != kDictionary && character.kind != kMark && character.kind != kIgnorable) return end;
    at += character.size;
    if (character.kind != kIgnorable) end = at;
  }
}

// The ends of the words of a run; the run itself if ICU has no breaker.
std::vector<size_t> WordEnds(std::string_view run) {
  std::vector<size_t> ends;
  UErrorCode error = U_ZERO_ERROR;
  UText bytes = UTEXT_INITIALIZER;
  utext_openUTF8(&bytes, run.data(), static_cast<int64_t>(run.size()), &error);
  icu::BreakIterator* breaker = WordBreaker();
  if (breaker != nullptr) breaker->setText(&bytes, error);
  if (breaker != nullptr && U_SUCCESS(error)) {
    breaker->first();
    for (int32_t end = breaker->next(); end != icu::BreakIterator::DONE; end = breaker->next())
      ends.push_back(end);
  }
  if (ends.empty() || ends.back() != run.size()) ends.push_back(run.size());
  utext_close(&bytes);
  return ends;
}

// The run in NFC, so that its spelling in code points does not move the breaks, and where its bytes come from.
struct ComposedRun {
  std::string text;
  icu::Edits edits;
};

void Compose(std::string_view run, ComposedRun& composed) {
  UErrorCode error = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&composed.text);
  icu::StringPiece source(run.data(), static_cast<int32_t>(run.size()));
  icu::Normalizer2::getNFCInstance(error)->normalizeUTF8(0, source, sink, &composed.edits, error);
}

bool HasLetter(std::string_view word) {
  for (size_t at = 0; at < word.size();) {
    Character character = CharacterAt(word, at);
    if (character.kind == kDictionary) return true;
    at += character.size;
  }
  return false;
}

}  // namespace

size_t ScanDictionaryWords(std::string_view text, size_t begin, TokenSink& sink) {
  size_t run_end = RunEnd(text, begin);
  ComposedRun composed;
  Compose(text.substr(begin, run_end - begin), composed);
  icu::Edits::Iterator source = composed.edits.getFineIterator();
  auto source_index = [&](size_t at) {
    UErrorCode error = U_ZERO_ERROR;
    return begin + source.sourceIndexFromDestinationIndex(static_cast<int32_t>(at), error);
  };
  size_t word_begin = 0;
  for (size_t word_end : WordEnds(composed.text)) {
    std::string_view word = std::string_view(composed.text).substr(word_begin, word_end - word_begin);
    if (HasLetter(word)) {
      sink.Add(FoldForMatch(word), source_index(word_begin), source_index(word_end), TokenKind::kWord);
    }
    word_begin = word_end;
  }
  return run_end;
}

}  // namespace broadsheet
