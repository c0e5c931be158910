#include "common/figure/spoken_number.h"

#include <algorithm>
#include <string>

#include "common/figure/number_words.h"

namespace broadsheet {
namespace {

using Kind = Piece::Kind;

constexpr size_t kMostWords = 12;

class WordReader {
 public:
  WordReader(std::string_view text, std::span<const Piece> pieces, std::string_view language)
      : text_(text), pieces_(pieces), language_(language) {}

  std::optional<FoundNumber> Read(size_t at) {
    FoundNumber number;
    number.in_words = true;
    for (next_ = at; words_ < kMostWords; ++words_) {
      const auto word = WordAt(next_);
      if (!word || !Take(*word)) break;
      ++next_;
      end_ = next_;
      number.only_scaled =
          words_ == 0 && (word->kind == NumberWord::Kind::kArticle || word->kind == NumberWord::Kind::kHalf);
      number.magnified = number.magnified || word->kind == NumberWord::Kind::kScale;
      SkipJoint();
    }
    if (words_ == 0) return std::nullopt;
    auto value = Decimal(total_ + current_);
    if (half_) value = *value.Plus(*Decimal::FromDigits("", "5"));
    if (scaled_half_ > 0) value = *value.TimesPowerOfTen(scaled_half_);
    number.value = value;
    number.next = end_;
    return number;
  }

 private:
  std::optional<NumberWord> WordAt(size_t at) const {
    if (at >= pieces_.size() || pieces_[at].kind != Kind::kWord) return std::nullopt;
    if (pieces_[at].new_line && words_ > 0) return std::nullopt;
    std::string form = LookupForm(text_, pieces_[at]);
    if (form.size() == 1) form[0] = static_cast<char>(form[0] | 0x20);  // "A million"
    return FindNumberWord(language_, form);
  }

  // Adds a word to the number when it may stand there.
  bool Take(const NumberWord& word) {
    using enum NumberWord::Kind;
    switch (word.kind) {
      case kArticle:
        if (words_ > 0) return false;
        current_ = 1;
        return true;
      case kHalf:
        if (words_ > 0) return false;
        half_ = true;
        return true;
      case kAndHalf:
        if (words_ > 0) return false;
        current_ = word.value;
        half_ = true;
        return true;
      case kBelowHundred:
        return TakeSmall(word.value);
      case kHundreds:
        if (current_ != 0 || half_) return false;
        current_ = word.value;
        return true;
      case kHundred:
        if (current_ > 99 || half_) return false;
        current_ = std::max<int64_t>(current_, 1) * 100;
        return true;
      case kScale:
        return TakeScale(word.value);
    }
    return false;
  }

  bool TakeSmall(int value) {
    if (half_) return false;
    const int64_t below = current_ % 100;
    const bool french = language_ == "fr";
    if (french && below == 4 && value == 20) {
      current_ += 76;  // quatre-vingt
      return true;
    }
    const bool teen = french && (below == 60 || below == 80) && value >= 10 && value < 20;
    // A dozen is counted like a hundred: "two dozen".
    if (value == 12 && below > 0 && below < 10 && IsDozen()) {
      current_ *= 12;
      return true;
    }
    const bool fits = words_ == 0 || teen || below == 0 || (value < 10 && value > 0 && below >= 20 && below % 10 == 0);
    if (!fits) return false;
    const bool article_before = words_ == 1 && current_ == 1 && IsDozen();
    current_ = article_before ? 12 : current_ + value;
    return true;
  }

  bool IsDozen() const {
    const std::string word = LookupForm(text_, pieces_[next_]);
    return word == "dozen" || word == "dutzend";
  }

  bool TakeScale(int power) {
    if (half_) {
      if (scaled_half_ > 0) return false;
      scaled_half_ = power;
      return true;
    }
    if (power > 12 || power >= last_power_) return TakeScaleOfAll(power);
    int64_t factor = 1;
    for (int i = 0; i < power; ++i)
      factor *= 10;
    if (words_ == 0 && power > 3) return false;  // "million" alone is no number
    total_ += std::max<int64_t>(current_, 1) * factor;
    current_ = 0;
    last_power_ = power;
    return true;
  }

  // "dos mil millones": a scale of what went before.
  bool TakeScaleOfAll(int power) {
    if (last_power_ != 3 || power != 6 || total_ > 1'000'000'000) return false;
    total_ = (total_ + current_) * 1'000'000;
    current_ = 0;
    last_power_ = 6;
    return true;
  }

  // Passes over a hyphen or an "and" when a number word follows.
  void SkipJoint() {
    if (next_ + 1 >= pieces_.size()) return;
    const std::string joint = LookupForm(text_, pieces_[next_]);
    if (half_) {
      // "half a million"
      const auto scale = joint == "a" ? WordAt(next_ + 1) : std::nullopt;
      if (scale && scale->kind == NumberWord::Kind::kScale) ++next_;
      return;
    }
    const bool hyphen = joint == "-" && pieces_[next_].tight && pieces_[next_ + 1].tight;
    const bool big = current_ % 100 == 0 && (current_ > 0 || total_ > 0);
    const bool tens = current_ % 100 >= 20 && current_ % 10 == 0;
    const bool conjunction =
        (joint == "and" && language_ == "en" && big) || ((joint == "und" && language_ == "de" && big)) ||
        (joint == "et" && language_ == "fr" && tens) || (joint == "y" && language_ == "es" && tens) ||
        (joint == "e" && language_ == "pt" && (tens || big));
    const auto word = hyphen || conjunction ? WordAt(next_ + 1) : std::nullopt;
    const bool small =
        word && (word->kind == NumberWord::Kind::kBelowHundred || word->kind == NumberWord::Kind::kHundreds ||
                 (hyphen && word->kind == NumberWord::Kind::kHundred));
    if (small) ++next_;
  }

  std::string_view text_;
  std::span<const Piece> pieces_;
  std::string_view language_;
  size_t next_ = 0, end_ = 0, words_ = 0;
  int64_t total_ = 0, current_ = 0;
  int last_power_ = 15;
  bool half_ = false;
  int scaled_half_ = 0;
};

}  // namespace

std::optional<FoundNumber> ReadSpokenNumber(std::string_view text, std::span<const Piece> pieces, size_t at,
                                            std::string_view language) {
  return WordReader(text, pieces, language).Read(at);
}

}  // namespace broadsheet
