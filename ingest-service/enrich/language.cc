#include "ingest/enrich/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "common/text/unicode.h"
#include "ingest/normalise/language_tag.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kWindow = 700;      // bytes of each piece of a long body
constexpr size_t kMostTitle = 400;   // bytes
constexpr int kFewestBytes = 16;     // of letters; below, only a script of one language tells it
constexpr int kShortText = 40;       // bytes of letters; below, a guess counts when CLD2 calls it reliable
constexpr int kClearMajority = 60;   // per cent of the text, of a guess that is not reliable
constexpr int kSecondLanguage = 30;  // per cent of the text, from which on it is a language of the article
constexpr int kMixedText = 200;      // bytes of letters; shorter texts are not called mixed

// Languages that CLD2 takes for each other: a share of the second is no sign of a mixture.
constexpr std::array<std::string_view, 9> kAlike = {"id ms jv su", "hr bs sr sl", "nb no nn da sv",
                                                    "cs sk",       "pt gl es ca", "ru uk be bg mk",
                                                    "zh zh-Hant",  "fr oc ca",    "en sco gd"};

struct Shares {
  std::array<CLD2::Language, 3> languages;
  std::array<int, 3> percents;
  CLD2::Language best = CLD2::UNKNOWN_LANGUAGE;
  int letters = 0;  // bytes
  bool reliable = false;
};

// A piece of the text that begins and ends at characters.
std::string_view Window(std::string_view text, size_t begin) {
  while (begin < text.size() && (text[begin] & 0xC0) == 0x80)
    ++begin;
  return TruncateUtf8(text.substr(begin), kWindow);
}

std::string Sample(std::string_view title, std::string_view body) {
  std::string sample(TruncateUtf8(title, kMostTitle));
  sample += "\n\n";
  if (body.size() <= 3 * kWindow) return sample.append(body);
  sample.append(Window(body, 0)).append("\n\n");
  sample.append(Window(body, body.size() / 2 - kWindow / 2)).append("\n\n");
  return sample.append(Window(body, body.size() - kWindow));
}

Shares Measure(const std::string& text) {
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  Shares shares;
  double scores[3];
  shares.best =
      CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &hints,
                                     CLD2::kCLDFlagBestEffort, shares.languages.data(), shares.percents.data(), scores,
                                     /*resultchunkvector=*/nullptr, &shares.letters, &shares.reliable);
  return shares;
}

bool AreAlike(std::string_view a, std::string_view b) {
  const auto has = [](std::string_view group, std::string_view tag) {
    const size_t at = group.find(tag);
    if (at == std::string_view::npos) return false;
    const size_t end = at + tag.size();
    return (at == 0 || group[at - 1] == ' ') && (end == group.size() || group[end] == ' ');
  };
  return std::any_of(kAlike.begin(), kAlike.end(),
                     [&](std::string_view group) { return has(group, a) && has(group, b); });
}

std::string Describe(const Shares& shares) {
  std::string text;
  for (size_t i = 0; i < shares.languages.size(); ++i) {
    if (shares.percents[i] == 0 || shares.languages[i] == CLD2::UNKNOWN_LANGUAGE) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", CLD2::LanguageCode(shares.languages[i]), " ", shares.percents[i],
                    "%");
  }
  return text;
}

bool IsMixed(const Shares& shares) {
  if (shares.letters < kMixedText || shares.percents[1] < kSecondLanguage) return false;
  if (shares.languages[1] == CLD2::UNKNOWN_LANGUAGE) return false;
  return !AreAlike(CLD2::LanguageCode(shares.languages[0]), CLD2::LanguageCode(shares.languages[1]));
}

std::string_view Primary(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

}  // namespace

bool MayBeSameLanguage(std::string_view a, std::string_view b) {
  return Primary(a) == Primary(b) || AreAlike(Primary(a), Primary(b));
}

LanguageGuess DetectLanguage(std::string_view title, std::string_view body) {
  const Shares shares = Measure(Sample(title, body));
  const std::string described = Describe(shares);
  if (shares.letters == 0) return {"und", 0, "it has no words"};
  if (IsMixed(shares)) {
    const float second = static_cast<float>(shares.percents[1]) / 100;
    return {"mul", std::min(1.0F, 2 * second), absl::StrCat("several languages: ", described)};
  }
  const bool clear = shares.letters >= kShortText && shares.percents[0] >= kClearMajority;
  const bool told = shares.reliable ? shares.letters >= kFewestBytes : clear;
  if (shares.best == CLD2::UNKNOWN_LANGUAGE || !told) {
    const std::string_view why =
        shares.letters < kShortText ? "the text is too short to show it" : "the text does not show it";
    return {"und", 0, absl::StrCat(std::string(why), described.empty() ? "" : ": ", described)};
  }
  const float share = static_cast<float>(shares.percents[0]) / 100;
  const float length = std::min(1.0F, static_cast<float>(shares.letters) / kMixedText);
  const float confidence = share * (shares.reliable ? 0.8F + 0.2F * length : 0.5F);
  return {CanonicalLanguageTag(CLD2::LanguageCode(shares.best)).value_or("und"), confidence,
          absl::StrCat("the statistics of the text: ", described)};
}

}  // namespace broadsheet::ingest
