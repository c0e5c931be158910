// Whatever bytes come as a text with figures, or as a figure that is asked for: figures in order and in the text, and
// a key that is its own key.
#include "common/figure/figure.h"
#include "common/text/unicode.h"
#include "fuzz/target.h"

namespace broadsheet::fuzz {
namespace {

constexpr size_t kMost = 1'000;

void TryIn(std::string_view text, const FigureContext& context) {
  const std::vector<Figure> figures = ReadFigures(text, context, kMost);
  Require(figures.size() <= kMost, "the limit of figures");
  size_t end = 0;
  for (const Figure& figure : figures) {
    Require(figure.begin < figure.end && figure.end <= text.size(), "figures inside of the text");
    Require(figure.begin >= end, "figures in order of place");
    end = figure.end;
    const std::string key = FigureKey(figure);
    Require(!key.empty() && IsValidUtf8(key), "a figure has a key");
  }
}

void TryFigures(std::string_view input) {
  const std::string text = IsValidUtf8(input) ? std::string(input) : RepairUtf8(input);
  for (const char* language : {"en", "de", "fr", "es", "ja"})
    TryIn(text, {language, ""});
  TryIn(text, {"pt", "BR"});
  if (const auto key = FigureKeyOf(text.substr(0, 1'000))) {
    Require(FigureKeyOf(*key) == key, "the key of a key is itself");
  }
}

Target MakeTarget() {
  Target target{"figure", {}, {}, TryFigures};
  target.seeds = {"The levy rose by 3.5 per cent, from 1,200 to 1.3 million euros; three and a half percent.",
                  "About 300 homes and 2,000 people, 5 to 7 km away, at -4 \u00b0C; $2bn, US$ 3.4m, \u00a310,000.",
                  "Die Abgabe steigt um 3,5 Prozent auf 1.200 Euro, das sind zweieinhalb Millionen.",
                  "Trois cent vingt mille personnes, 4,5 % de plus, soit 1 200 000 euros",
                  "\u58f2\u4e0a\u9ad8\u306f3\u51042000\u4e07\u5186\u3001\u524d\u5e74\u6bd43.5%\u5897",
                  "9/11, 2025-06-21, 10:30, 3-2, version 1.2.3, 21st, 1/2, 007, 999999999999999999999 tonnes"};
  for (const char* token : {"per cent",  "%",           " percentage points",
                            "million ",  "billion",     "bn",
                            "m ",        "$",           "US$",
                            "\u20ac",    "\u00a3",      " euros",
                            " km",       " tonnes",     " people",
                            "three ",    "and a half ", "hundred ",
                            "thousand ", "zwei",        "und",
                            "zwanzig",   "quatre-",     "vingt",
                            "cent ",     "\u5104",      "\u4e07",
                            "\u5186",    "1,000",       "1.000",
                            "3.5",       "0",           "-",
                            "\u2013",    " to ",        "00",
                            ",5",        "\u0663",      "a ",
                            "half ",     "\u00bd",      "about "})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace

const Target& TheTarget() {
  static const Target* const target = new Target(MakeTarget());
  return *target;
}

}  // namespace broadsheet::fuzz
