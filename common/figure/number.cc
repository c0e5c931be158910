#include "common/figure/number.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "common/figure/number_words.h"
#include "common/figure/spoken_number.h"

namespace broadsheet {
namespace {

using Kind = Piece::Kind;

constexpr size_t kMostGroups = 8;
constexpr size_t kMostPiecesOfFraction = 5;
constexpr int kMostMagnitudes = 2;

// Languages that put a comma before the fraction.
constexpr std::array<std::string_view, 24> kCommaLanguages = {"de", "fr", "es", "pt", "it", "nl", "sv", "da",
                                                              "nb", "no", "fi", "pl", "cs", "sk", "ru", "uk",
                                                              "bg", "el", "tr", "ro", "hu", "id", "ca", "hr"};
constexpr std::array<std::string_view, 11> kSpaceLanguages = {"fr", "ru", "uk", "bg", "pl", "cs",
                                                              "sk", "sv", "nb", "no", "fi"};
// Where Spanish and German put a point.
constexpr std::string_view kPointRegions = " MX US PR GT HN NI PA DO SV CH LI ";

bool HasCommaFraction(const FigureContext& context) {
  const std::string_view language = LanguageOfNumbers(context);
  const bool listed = std::find(kCommaLanguages.begin(), kCommaLanguages.end(), language) != kCommaLanguages.end();
  const bool excepted = (language == "es" || language == "de" || language == "it") && !context.region.empty() &&
                        kPointRegions.find(" " + context.region + " ") != std::string_view::npos;
  return listed && !excepted;
}

// Digits and the marks between them.
struct Digits {
  std::vector<std::string> groups;
  std::string marks;  // between the groups: ',', '.', '\'' or ' '
  size_t next = 0;
};

char MarkOf(std::string_view mark) {
  if (mark == "," || mark == "٬") return ',';
  if (mark == "." || mark == "٫") return '.';
  return mark == "'" || mark == "\u2019" ? '\'' : '\0';
}

class DigitReader {
 public:
  DigitReader(std::string_view text, std::span<const Piece> pieces, const FigureContext& context)
      : text_(text), pieces_(pieces), context_(context) {}

  Digits Read(size_t at) const {
    Digits digits;
    digits.groups.push_back(DigitsOf(text_, pieces_[at]));
    digits.next = at + 1;
    while (digits.groups.size() < kMostGroups && TakeGroup(digits)) {
    }
    return digits;
  }

 private:
  bool IsNumber(size_t at) const { return at < pieces_.size() && pieces_[at].kind == Kind::kNumber; }

  bool TakeGroup(Digits& digits) const {
    const size_t at = digits.next;
    if (IsSpacedGroup(digits)) {
      digits.marks += ' ';
      digits.groups.push_back(DigitsOf(text_, pieces_[at]));
      digits.next = at + 1;
      return true;
    }
    const bool joined = at < pieces_.size() && pieces_[at].tight && IsNumber(at + 1) && pieces_[at + 1].tight;
    const char mark = joined ? MarkOf(TextOf(text_, pieces_[at])) : '\0';
    if (mark == '\0') return false;
    std::string group = DigitsOf(text_, pieces_[at + 1]);
    if (mark == '\'' && group.size() != 3) return false;
    // The marks of Arabic say which they are.
    digits.marks += TextOf(text_, pieces_[at]) == "٫" ? 'd' : TextOf(text_, pieces_[at]) == "٬" ? 'g' : mark;
    digits.groups.push_back(std::move(group));
    digits.next = at + 2;
    return true;
  }

  // "1 234": one space between groups of three; a plain one only where that is the custom.
  bool IsSpacedGroup(const Digits& digits) const {
    const size_t at = digits.next;
    const bool starts = digits.groups.back().size() <= 3 && (digits.groups.size() == 1 || digits.marks.back() == ' ');
    if (!starts || !IsNumber(at) || pieces_[at].tight || pieces_[at].new_line) return false;
    if (digits.groups.size() > 1 && digits.groups.back().size() != 3) return false;
    if (pieces_[at].end - pieces_[at].begin != 3) return false;
    const std::string_view gap = text_.substr(pieces_[at - 1].end, pieces_[at].begin - pieces_[at - 1].end);
    if (gap == "\u00a0" || gap == "\u202f" || gap == "\u2009") return true;
    const std::string_view language = LanguageOfNumbers(context_);
    return gap == " " && std::find(kSpaceLanguages.begin(), kSpaceLanguages.end(), language) != kSpaceLanguages.end();
  }

  std::string_view text_;
  std::span<const Piece> pieces_;
  const FigureContext& context_;
};

bool AreGroups(std::span<const std::string> groups) {
  if (groups.empty() || groups[0].size() > 3) return false;
  const bool thousands =
      std::all_of(groups.begin() + 1, groups.end(), [](const auto& group) { return group.size() == 3; });
  if (thousands) return true;
  // "12,34,567"
  return groups[0].size() <= 2 && groups.back().size() == 3 &&
         std::all_of(groups.begin() + 1, groups.end() - 1, [](const auto& group) { return group.size() == 2; });
}

std::optional<Decimal> Joined(std::span<const std::string> groups, std::string_view fraction) {
  if (groups.size() > 1 && !AreGroups(groups)) return std::nullopt;
  std::string whole;
  for (const std::string& group : groups)
    whole += group;
  return Decimal::FromDigits(whole, fraction);
}

// Whether the only mark between two groups begins the fraction.
bool IsFraction(char mark, const std::string& whole, const std::string& rest, bool comma_fraction) {
  if (mark == 'd') return true;
  if (mark == 'g' || mark == ' ' || mark == '\'') return false;
  if (rest.size() != 3 || whole.size() > 3 || whole[0] == '0') return true;
  return (mark == ',') == comma_fraction;
}

std::optional<Decimal> ValueOf(const Digits& digits, bool comma_fraction) {
  const std::span<const std::string> groups(digits.groups);
  if (groups.size() == 1) return Decimal::FromDigits(groups[0], "");
  const char last = digits.marks.back();
  const bool all_same = digits.marks.find_first_not_of(last) == std::string::npos;
  const bool fraction =
      all_same
          ? groups.size() == 2 && IsFraction(last, groups[0], groups[1], comma_fraction)
          : digits.marks.find(last) == digits.marks.size() - 1 &&
                digits.marks.substr(0, digits.marks.size() - 1).find_first_not_of(digits.marks[0]) == std::string::npos;
  if (!fraction) return all_same ? Joined(groups, "") : std::nullopt;
  return Joined(groups.first(groups.size() - 1), groups.back());
}

// "and a half", "½", " 1/2" behind a whole number.
void TakeFraction(std::string_view text, std::span<const Piece> pieces, FoundNumber& number) {
  if (number.next >= pieces.size() || !number.value.IsWhole() || number.only_scaled) return;
  const std::string first = LookupForm(text, pieces[number.next]);
  const bool may_begin = first == "and" || first == "und" || first == "et" || first == "y" || first == "e" ||
                         pieces[number.next].kind == Kind::kNumber || pieces[number.next].kind == Kind::kMark;
  if (!may_begin) return;
  for (size_t count = std::min(pieces.size() - number.next, kMostPiecesOfFraction); count > 0; --count) {
    const auto words = pieces.subspan(number.next, count);
    const auto hundredths = FindFraction(LookupKey(text, words));
    if (!hundredths) continue;
    const auto sum = number.value.Plus(*Decimal(*hundredths).TimesPowerOfTen(-2));
    if (sum) number.value = *sum;
    number.next += count;
    return;
  }
}

// "three point five".
void TakeSpokenFraction(std::string_view text, std::span<const Piece> pieces, std::string_view language,
                        FoundNumber& number) {
  if (!number.in_words || number.only_scaled || number.next + 1 >= pieces.size()) return;
  const std::string point = LookupForm(text, pieces[number.next]);
  if (point != "point" && point != "komma" && point != "virgule" && point != "coma" && point != "virgola" &&
      point != "virgula") {
    return;
  }
  std::string digits;
  size_t next = number.next + 1;
  for (; next < pieces.size() && pieces[next].kind == Kind::kWord && digits.size() < 6; ++next) {
    const auto word = FindNumberWord(language, LookupForm(text, pieces[next]));
    if (!word || word->kind != NumberWord::Kind::kBelowHundred || word->value > 9) break;
    digits += static_cast<char>('0' + word->value);
  }
  if (digits.empty()) return;
  const auto sum = number.value.Plus(*Decimal::FromDigits("", digits));
  if (sum) number.value = *sum;
  number.next = next;
}

// Of "Mio." and "Mrd.", where the text goes on in the same line.
void SkipPeriod(std::string_view text, std::span<const Piece> pieces, FoundNumber& number) {
  const size_t at = number.next;
  if (at + 1 >= pieces.size() || !pieces[at].tight || TextOf(text, pieces[at]) != "." || pieces[at + 1].new_line)
    return;
  const std::string word = LookupForm(text, pieces[at - 1]);
  if (word == "mio" || word == "mrd" || word == "tsd" || word == "mln" || word == "mld") ++number.next;
}

// 1億2000万, "1.5 million", "2 mil millones".
void TakeMagnitudes(std::string_view text, std::span<const Piece> pieces, std::string_view language, bool money,
                    FoundNumber& number) {
  for (int i = 0; i < kMostMagnitudes && number.next < pieces.size(); ++i) {
    const Piece& piece = pieces[number.next];
    if (piece.new_line) return;
    size_t count = number.next + 1 < pieces.size() && piece.kind == Kind::kCjk && pieces[number.next + 1].tight ? 2 : 1;
    std::optional<int> power;
    for (; count > 0 && !power; --count)
      power = FindMagnitude(language, LookupKey(text, pieces.subspan(number.next, count)), money);
    if (!power) return;
    const auto scaled = number.value.TimesPowerOfTen(*power);
    if (!scaled) return;
    number.value = *scaled;
    number.next += count + 1;
    number.magnified = true;
    SkipPeriod(text, pieces, number);
  }
}

// The next part of a number of Han units: "2000万" behind "1億".
void TakeHanParts(std::string_view text, std::span<const Piece> pieces, const FigureContext& context,
                  FoundNumber& number) {
  for (int part = 0; part < 3 && number.magnified && number.next < pieces.size(); ++part) {
    const bool behind_han = pieces[number.next - 1].kind == Kind::kCjk;
    if (!behind_han || pieces[number.next].kind != Kind::kNumber || !pieces[number.next].tight) return;
    const Digits digits = DigitReader(text, pieces, context).Read(number.next);
    const auto value = ValueOf(digits, false);
    if (!value || !value->IsWhole()) return;
    FoundNumber rest{*value, digits.next};
    TakeMagnitudes(text, pieces, "zh", false, rest);
    const auto sum = number.value.Plus(rest.value);
    if (!sum || rest.value.ToDouble() >= number.value.ToDouble()) return;
    number.value = *sum;
    number.next = rest.next;
  }
}

// "10:30", "24/7", "3-2", "1.2.3": no numbers of something.
size_t EndOfOther(std::string_view text, std::span<const Piece> pieces, size_t next) {
  while (next + 1 < pieces.size() && pieces[next].tight && pieces[next + 1].tight &&
         pieces[next + 1].kind == Kind::kNumber) {
    const std::string_view mark = TextOf(text, pieces[next]);
    if (mark != ":" && mark != "/" && mark != ".") break;
    next += 2;
  }
  return next;
}

}  // namespace

std::string_view LanguageOfNumbers(const FigureContext& context) {
  if (context.language.empty()) return "en";
  return std::string_view(context.language).substr(0, context.language.find('-'));
}

NumberAt ReadNumber(std::string_view text, std::span<const Piece> pieces, size_t at, const FigureContext& context,
                    bool money) {
  const std::string_view language = LanguageOfNumbers(context);
  FoundNumber number;
  if (pieces[at].kind == Kind::kNumber) {
    const Digits digits = DigitReader(text, pieces, context).Read(at);
    const size_t other = EndOfOther(text, pieces, digits.next);
    if (other > digits.next) return {std::nullopt, other};
    const auto value = ValueOf(digits, HasCommaFraction(context));
    if (!value) return {std::nullopt, digits.next};
    number = {*value, digits.next};
    number.like_a_year = digits.groups.size() == 1 && digits.groups[0].size() == 4 && digits.groups[0][0] != '0';
  } else {
    auto read = ReadSpokenNumber(text, pieces, at, language);
    if (!read) return {std::nullopt, at + 1};
    number = std::move(*read);
  }
  TakeSpokenFraction(text, pieces, language, number);
  TakeFraction(text, pieces, number);
  const size_t before = number.next;
  TakeMagnitudes(text, pieces, language, money, number);
  if (number.next > before) number.like_a_year = false;
  TakeHanParts(text, pieces, context, number);
  return {number, number.next};
}

}  // namespace broadsheet
