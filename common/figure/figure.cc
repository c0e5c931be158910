#include "common/figure/figure.h"

#include <algorithm>
#include <array>
#include <span>

#include "absl/strings/str_cat.h"
#include "common/figure/number.h"
#include "common/figure/number_words.h"
#include "common/figure/piece.h"
#include "common/figure/unit.h"

namespace broadsheet {
namespace {

using Kind = Piece::Kind;

constexpr size_t kMostQueryBytes = 200;
constexpr int kFirstYear = 1900;  // four digits from here on are a year unless a unit says otherwise
constexpr int kLastYear = 2100;
constexpr size_t kPiecesBehind = 10;
constexpr size_t kLongestAbbreviation = 4;
constexpr std::array<std::string_view, 6> kQueryLanguages = {"en", "de", "fr", "es", "pt", "it"};

bool IsRangeJoint(std::string_view joint) {
  static constexpr std::array<std::string_view, 18> kJoints = {"-",   "–", "—", "~",  "〜", "to", "and", "or", "bis",
                                                               "und", "à", "a", "et", "y",  "e",  "至",  "到", "إلى"};
  return std::find(kJoints.begin(), kJoints.end(), joint) != kJoints.end();
}

class Reader {
 public:
  // Who asks for a figure means no year by four digits before a word; `is_asked` says so.
  Reader(std::string_view text, const FigureContext& context, bool is_asked = false)
      : text_(text),
        pieces_(SplitPieces(text)),
        context_(context),
        language_(LanguageOfNumbers(context)),
        is_asked_(is_asked) {}

  std::vector<Figure> Read(size_t most) {
    std::vector<Figure> figures;
    for (size_t at = 0; at < pieces_.size() && figures.size() < most;) {
      size_t next = at + 1;
      if (auto figure = ReadAt(at, next)) {
        figures.push_back(std::move(*figure));
        taken_ = next;
      }
      at = std::max(next, at + 1);
    }
    return figures;
  }

  // A number and nothing else.
  std::optional<Decimal> ReadBareNumber() const {
    const bool negative = !pieces_.empty() && IsMinus(0);
    const size_t at = negative ? 1 : 0;
    if (at >= pieces_.size() || !MayBegin(at)) return std::nullopt;
    const NumberAt read = ReadNumber(text_, pieces_, at, context_, false);
    if (!read.number || read.number->only_scaled || read.next != pieces_.size()) return std::nullopt;
    return negative ? read.number->value.Negated() : read.number->value;
  }

 private:
  std::span<const Piece> From(size_t at) const { return std::span(pieces_).subspan(std::min(at, pieces_.size())); }

  bool MayBegin(size_t at) const {
    const Piece& piece = pieces_[at];
    if (piece.kind == Kind::kWord) return !piece.tight || TextOf(text_, pieces_[at - 1]) != "'";
    if (piece.kind != Kind::kNumber) return false;
    if (!piece.tight || at == 0) return true;
    // "A4", "COVID-19", "#5" are names; so is what goes on behind a point.
    const Piece& before = pieces_[at - 1];
    if (before.kind == Kind::kWord) return IsCurrencyBefore(at);
    const std::string_view mark = TextOf(text_, before);
    if (mark == "-" || mark == "–") return !before.tight || at < 2 || pieces_[at - 2].kind != Kind::kWord;
    return mark != "#" && mark != "/" && mark != "." && mark != ":" && mark != "_" && mark != "@";
  }

  bool IsCurrencyBefore(size_t at) const { return CurrencyBefore(at).has_value(); }

  std::optional<FoundUnit> CurrencyBefore(size_t at) const {
    return FindCurrencyBefore(text_, std::span(pieces_).subspan(taken_, at - taken_), context_);
  }

  // A minus sign, not a hyphen, a dash or the "to" of a range.
  bool IsMinus(size_t at) const {
    const std::string_view mark = TextOf(text_, pieces_[at]);
    const bool sign = mark == "-" || mark == "\u2212";
    return sign && !pieces_[at].tight && at + 1 < pieces_.size() && pieces_[at + 1].tight;
  }

  bool IsNegative(size_t at) const {
    if (at <= taken_) return false;
    if (IsMinus(at - 1)) return true;
    return pieces_[at - 1].kind == Kind::kWord && LookupForm(text_, pieces_[at - 1]) == "minus";
  }

  std::optional<Figure> ReadAt(size_t at, size_t& next) {
    const Piece& piece = pieces_[at];
    if (piece.kind == Kind::kCjk) return ReadPerHundred(at, next);
    if (piece.kind != Kind::kNumber && (piece.kind != Kind::kWord || !HasNumberWords(language_))) return std::nullopt;
    if (!MayBegin(at)) return std::nullopt;
    const auto currency = piece.kind == Kind::kNumber ? CurrencyBefore(at) : std::nullopt;
    const bool inherits = inherited_ && inherited_->at == at && !currency;
    const NumberAt read = ReadNumber(text_, pieces_, at, context_, currency.has_value() || inherits);
    next = read.next;
    if (!read.number) return std::nullopt;
    const size_t first = at - (currency ? currency->pieces : 0);
    const bool negative = IsNegative(first);
    const std::string heir = inherits ? inherited_->unit : "";
    inherited_.reset();
    auto figure = currency ? Money(*currency, *read.number, next) : Behind(at, *read.number, heir, next);
    if (!figure) return std::nullopt;
    if (negative) figure->value = figure->value.Negated();
    figure->begin = pieces_[negative ? first - 1 : first].begin;
    return figure;
  }

  // 百分之3.5: the sign comes before its number.
  std::optional<Figure> ReadPerHundred(size_t at, size_t& next) {
    if (TextOf(text_, pieces_[at]) != "百" || at + 3 >= pieces_.size() || TextOf(text_, pieces_[at + 1]) != "分" ||
        TextOf(text_, pieces_[at + 2]) != "之" || pieces_[at + 3].kind != Kind::kNumber) {
      return std::nullopt;
    }
    const NumberAt read = ReadNumber(text_, pieces_, at + 3, context_, false);
    next = read.next;
    if (!read.number) return std::nullopt;
    return Make(FigureKind::kPercent, read.number->value, "%", pieces_[at].begin, next);
  }

  Figure Make(FigureKind kind, const Decimal& value, std::string unit, size_t begin, size_t next) const {
    return {kind, value, std::move(unit), begin, pieces_[next - 1].end};
  }

  // "$3.5 billion"; "$3-5 billion" gives the magnitude of its end to its beginning.
  std::optional<Figure> Money(const FoundUnit& currency, const FoundNumber& number, size_t& next) {
    Decimal value = number.value;
    if (!number.magnified) {
      if (const auto power = MagnitudeOfRange(number.next)) value = value.TimesPowerOfTen(*power).value_or(value);
    }
    if (IsRangeStart(number.next)) inherited_ = InheritedCurrency{currency.unit, number.next + 1};
    next = number.next;
    return Make(FigureKind::kMoney, value, currency.unit, 0, next);
  }

  std::optional<Figure> Behind(size_t at, const FoundNumber& number, const std::string& currency, size_t& next) {
    const bool at_end = number.next >= pieces_.size() || pieces_[number.next].new_line;
    if (!at_end) {
      if (auto figure = WithUnit(number, number.value, number.next, next)) return figure;
    }
    if (!currency.empty()) return Make(FigureKind::kMoney, number.value, currency, 0, next);
    if (at_end) return Magnified(number, next);
    if (auto figure = FirstOfRange(number, next)) return figure;
    return Count(at, number, next);
  }

  // What stands behind `at` as the unit of a number.
  std::optional<Figure> WithUnit(const FoundNumber& number, const Decimal& value, size_t at, size_t& next) {
    const bool hyphen = at + 1 < pieces_.size() && pieces_[at].tight && pieces_[at + 1].tight &&
                        TextOf(text_, pieces_[at]) == "-" && pieces_[at + 1].kind == Kind::kWord;
    const size_t unit_at = hyphen ? at + 1 : SkipOf(number, at);
    const auto unit = FindUnitBehind(text_, From(unit_at), context_, number.magnified);
    if (!unit || !Allows(number, *unit, unit_at)) return std::nullopt;
    next = unit_at + unit->pieces;
    return Make(unit->kind, value, unit->unit, 0, next);
  }

  // "half a percent", "a quarter of a million", "deux millions de personnes".
  size_t SkipOf(const FoundNumber& number, size_t at) const {
    if (at + 1 >= pieces_.size() || (!number.magnified && !number.only_scaled)) return at;
    const std::string word = LookupForm(text_, pieces_[at]);
    const bool skipped =
        word == "de" || word == "di" || (word == "a" && number.only_scaled) || (word == "of" && number.only_scaled);
    return skipped ? at + 1 : at;
  }

  bool Allows(const FoundNumber& number, const FoundUnit& unit, size_t at) const {
    const bool percent = unit.kind == FigureKind::kPercent;
    if (number.only_scaled && !percent && !number.magnified) return false;
    const bool one_in_words = number.in_words && number.value == Decimal(1);
    if (one_in_words && (unit.kind == FigureKind::kMeasure || unit.kind == FigureKind::kCount)) return false;
    const std::string_view word = TextOf(text_, pieces_[at]);
    // "5m" of English is as likely millions.
    if (word == "m" && language_ == "en" && pieces_[at].tight) return false;
    if (IsYear(number) && unit.kind == FigureKind::kCount) return false;
    // A unit of letters is a word of its own: no letters or digits go on behind it.
    const size_t behind = at + unit.pieces;
    const bool goes_on = behind < pieces_.size() && pieces_[behind].tight && pieces_[behind].kind == Kind::kNumber &&
                         pieces_[behind - 1].kind != Kind::kCjk;
    return !goes_on;
  }

  bool IsYear(const FoundNumber& number) const {
    const double value = number.value.ToDouble();
    return !is_asked_ && number.like_a_year && value >= kFirstYear && value < kLastYear;
  }

  bool IsRangeStart(size_t at) const {
    return at + 1 < pieces_.size() && !pieces_[at + 1].new_line && pieces_[at + 1].kind == Kind::kNumber &&
           IsRangeJoint(TextOf(text_, pieces_[at]));
  }

  std::optional<int> MagnitudeOfRange(size_t at) const {
    if (!IsRangeStart(at)) return std::nullopt;
    const NumberAt end = ReadNumber(text_, pieces_, at + 1, context_, true);
    if (!end.number || !end.number->magnified) return std::nullopt;
    return PowerBehind(at + 1, end);
  }

  // The magnitude that was read into the end of a range.
  std::optional<int> PowerBehind(size_t at, const NumberAt& end) const {
    for (size_t word = at + 1; word < end.next; ++word) {
      if (pieces_[word].kind != Kind::kWord && pieces_[word].kind != Kind::kCjk) continue;
      return FindMagnitude(language_, LookupForm(text_, pieces_[word]), true);
    }
    return std::nullopt;
  }

  // "3 to 5 per cent": 3 has the unit of 5.
  std::optional<Figure> FirstOfRange(const FoundNumber& number, size_t& next) {
    if (!IsRangeStart(number.next) || number.only_scaled || number.magnified) return std::nullopt;
    const NumberAt end = ReadNumber(text_, pieces_, number.next + 1, context_, false);
    if (!end.number) return std::nullopt;
    size_t behind = end.next;
    const auto unit = WithUnit(*end.number, end.number->value, end.next, behind);
    if (!unit || unit->kind == FigureKind::kCount) return std::nullopt;
    Decimal value = number.value;
    if (const auto power = end.number->magnified ? PowerBehind(number.next + 1, end) : std::nullopt) {
      value = value.TimesPowerOfTen(*power).value_or(value);
    }
    next = number.next;
    return Make(unit->kind, value, unit->unit, 0, next);
  }

  std::optional<Figure> Count(size_t at, const FoundNumber& number, size_t& next) {
    const bool too_few = number.only_scaled && !number.magnified;
    const bool one_in_words = number.in_words && number.value == Decimal(1);
    if (!too_few && !one_in_words && language_ == "en" && !IsYear(number)) {
      const auto behind = From(number.next);
      const auto plural = FindCountedPlural(text_, behind.first(std::min(behind.size(), kPiecesBehind)));
      if (plural && !IsPartOfName(at)) {
        next = number.next + plural->pieces;
        return Make(FigureKind::kCount, number.value, plural->unit, 0, next);
      }
    }
    return Magnified(number, next);
  }

  // "Sept. 11", "No. 5".
  bool IsAbbreviationBefore(size_t at) const {
    if (at < 2 || !pieces_[at - 1].tight || TextOf(text_, pieces_[at - 1]) != ".") return false;
    const std::string_view word = TextOf(text_, pieces_[at - 2]);
    return pieces_[at - 2].kind == Kind::kWord && word.size() <= kLongestAbbreviation && word[0] >= 'A' &&
           word[0] <= 'Z';
  }

  // "9-11 attacks", "June 21 attacks", "Section 230 cases": the number counts nothing.
  bool IsPartOfName(size_t at) const {
    if (at == 0 || pieces_[at].new_line) return false;
    const Piece& before = pieces_[at - 1];
    if (IsAbbreviationBefore(at)) return true;
    if (pieces_[at].tight) return before.kind == Kind::kMark && at > 1 && pieces_[at - 2].kind == Kind::kNumber;
    if (before.kind != Kind::kWord || before.new_line || at < 2) return false;
    const char first = TextOf(text_, before)[0];
    const std::string_view mark = TextOf(text_, pieces_[at - 2]);
    const bool begins_sentence =
        mark == "." || mark == "!" || mark == "?" || mark == "\"" || mark == "“" || mark == ":";
    return first >= 'A' && first <= 'Z' && !begins_sentence;
  }

  // A large number of something that is not known.
  std::optional<Figure> Magnified(const FoundNumber& number, size_t& next) {
    if (!number.magnified || number.value.ToDouble() < 1000) return std::nullopt;
    next = number.next;
    return Make(FigureKind::kCount, number.value, "", 0, next);
  }

  struct InheritedCurrency {
    std::string unit;
    size_t at;  // the piece of the number that it is for
  };

  std::string_view text_;
  std::vector<Piece> pieces_;
  const FigureContext& context_;
  std::string_view language_;
  const bool is_asked_;
  size_t taken_ = 0;  // pieces before it belong to figures already read
  std::optional<InheritedCurrency> inherited_;
};

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

}  // namespace

std::vector<Figure> ReadFigures(std::string_view text, const FigureContext& context, size_t most) {
  return Reader(text, context).Read(most);
}

std::string FigureKey(const Figure& figure) {
  return figure.unit.empty() ? figure.value.ToString() : absl::StrCat(figure.value.ToString(), " ", figure.unit);
}

std::optional<std::string> FigureKeyOf(std::string_view words) {
  words = Trimmed(words.substr(0, kMostQueryBytes));
  std::optional<std::string> part;
  for (const std::string_view language : kQueryLanguages) {
    const FigureContext context{std::string(language), ""};
    Reader reader(words, context, /*is_asked=*/true);
    if (const auto number = reader.ReadBareNumber()) return number->ToString();
    const std::vector<Figure> figures = reader.Read(2);
    if (figures.empty()) continue;
    if (figures[0].begin == 0 && figures[0].end == words.size()) return FigureKey(figures[0]);
    if (!part) part = FigureKey(figures[0]);
  }
  return part;
}

}  // namespace broadsheet
