#include "ingest/clean/punctuation.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"glued", "A comma or full stop that glues two words together gets the space it lacks."},
    {"doubled-mark", "A comma or full stop that came twice stands once."},
    {"space-before-mark", "A blank before a comma or full stop is cut."}};

constexpr std::array<std::string_view, 22> kDomains = {"com", "org", "net", "gov",  "edu", "info", "io", "co",
                                                       "tv",  "uk",  "de",  "fr",   "es",  "it",   "eu", "us",
                                                       "me",  "ai",  "js",  "news", "app", "biz"};

bool IsLower(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c));
}

bool IsUpper(char c) {
  return absl::ascii_isupper(static_cast<unsigned char>(c));
}

// Part of a letter that is not ASCII; of a symbol, too, but those stand beside no glue.
bool IsForeign(char c) {
  return static_cast<signed char>(c) < 0;
}

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::vector<Change> Run() {
    for (size_t at = Seek(0); at < text_.size(); at = Seek(at)) {
      if (text_[at] == ',') {
        at = Comma(at);
      } else if (text_[at] == '.') {
        at = FullStop(at);
      } else {
        ++at;
      }
    }
    return std::move(changes_);
  }

 private:
  size_t Seek(size_t at) const {
    while (at < text_.size() && text_[at] != ',' && text_[at] != '.' && text_[at] != '?')
      ++at;
    return at;
  }

  char At(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  char Before(size_t at, size_t count = 1) const { return at >= count ? text_[at - count] : '\0'; }

  // The part between blanks that `at` lies in.
  std::string_view Token(size_t at) const {
    size_t begin = at, end = at;
    while (begin > 0 && text_[begin - 1] != ' ' && text_[begin - 1] != '\n' && at - begin < kLongestToken)
      --begin;
    while (end < text_.size() && text_[end] != ' ' && text_[end] != '\n' && end - at < kLongestToken)
      ++end;
    return text_.substr(begin, end - begin);
  }

  // Addresses, names of files and accounts, code.
  static bool IsTechnical(std::string_view token) {
    return token.size() >= kLongestToken || token.find_first_of("/@\\_=<>{}#&~$") != std::string_view::npos ||
           token.starts_with("www.") || token.find("://") != std::string_view::npos;
  }

  size_t Comma(size_t at) {
    if (At(at + 1) == ',') {
      size_t end = at + 1;
      while (At(end) == ',')
        ++end;
      if (At(end) == ' ' || At(end) == '\n' || At(end) == '\0') changes_.push_back({at + 1, end, "", kRules[1].id});
      return end;
    }
    if (Before(at) == ' ') SpaceBefore(at);
    const char next = At(at + 1);
    const bool is_after_word = (IsLower(Before(at)) && IsLower(Before(at, 2))) || Before(at) == ')';
    const bool is_before_word = absl::ascii_isalpha(static_cast<unsigned char>(next)) &&
                                absl::ascii_isalpha(static_cast<unsigned char>(At(at + 2)));
    if (is_after_word && is_before_word && !IsTechnical(Token(at)))
      changes_.push_back({at + 1, at + 1, " ", kRules[0].id});
    return at + 1;
  }

  size_t FullStop(size_t at) {
    size_t end = at;
    while (At(end) == '.')
      ++end;
    if (end - at == 2 && IsLower(Before(at)) &&
        (At(end) == '\n' || At(end) == '\0' || (At(end) == ' ' && IsUpper(At(end + 1))))) {
      changes_.push_back({at + 1, end, "", kRules[1].id});
    }
    if (end - at > 1) return end;
    if (Before(at) == ' ') SpaceBefore(at);
    if (IsAfterClosingQuote(at) && (At(end) == ' ' || At(end) == '\n' || At(end) == '\0')) {
      changes_.push_back({at, end, "", kRules[1].id});
    } else if (IsGluedSentence(at)) {
      changes_.push_back({end, end, " ", kRules[0].id});
    }
    return end;
  }

  // "word.”." has one full stop too many.
  bool IsAfterClosingQuote(size_t at) const {
    for (const std::string_view quote : {"”", "\""}) {
      const size_t size = quote.size();
      if (at < size + 2 || text_.substr(at - size, size) != quote) continue;
      const char inner = text_[at - size - 1];
      return (inner == '.' && Before(at, size + 2) != '.' && IsLower(Before(at, size + 2))) || inner == '?' ||
             inner == '!';
    }
    return false;
  }

  // "word.Next": lower case before, a capital and lower case behind, and no address or name.
  bool IsGluedSentence(size_t at) const {
    if (!IsLower(Before(at)) || !IsLower(Before(at, 2)) || !IsUpper(At(at + 1)) || !IsLower(At(at + 2))) return false;
    const std::string_view token = Token(at);
    if (IsTechnical(token) || std::count(token.begin(), token.end(), '.') > 2) return false;
    size_t end = at + 1;
    while (absl::ascii_isalpha(static_cast<unsigned char>(At(end))))
      ++end;
    const std::string word = absl::AsciiStrToLower({text_.data() + at + 1, end - at - 1});
    return std::find(kDomains.begin(), kDomains.end(), word) == kDomains.end();
  }

  void SpaceBefore(size_t at) {
    const char before = Before(at, 2);
    const char next = At(at + 1);
    const bool ends = next == ' ' || next == '\n' || next == '\0';
    const bool is_after_text = absl::ascii_isalnum(static_cast<unsigned char>(before)) || before == ')' ||
                               before == '%' || before == '"' || IsForeign(before);
    if (!ends || !is_after_text || (next == ' ' && (At(at + 2) == '.' || At(at + 2) == ','))) return;
    changes_.push_back({at - 1, at, "", kRules[2].id});
  }

  static constexpr size_t kLongestToken = 80;

  std::string_view text_;
  std::vector<Change> changes_;
};

}  // namespace

std::span<const CleaningRule> PunctuationRules() {
  return kRules;
}

std::vector<Change> FindPunctuation(std::string_view text) {
  return Scan(text).Run();
}

}  // namespace broadsheet::ingest
