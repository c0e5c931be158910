#include "search/query/spelling_variants.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"

namespace broadsheet::search {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Beginnings of words: British, American. Those of rules are not here.
constexpr Pair kRoots[] = {
    {"aeroplane", "airplane"},
    {"aesthet", "esthet"},
    {"ageing", "aging"},
    {"aluminium", "aluminum"},
    {"anaem", "anem"},
    {"anaesth", "anesth"},
    {"analogue", "analog"},
    {"archaeolog", "archeolog"},
    {"artefact", "artifact"},
    {"axe", "ax"},
    {"caesar", "cesar"},
    {"calibre", "caliber"},
    {"catalogue", "catalog"},
    {"centimetre", "centimeter"},
    {"centre", "center"},
    {"centred", "centered"},
    {"centring", "centering"},
    {"cosy", "cozy"},
    {"counsellor", "counselor"},
    {"defence", "defense"},
    {"dialogue", "dialog"},
    {"diarrhoea", "diarrhea"},
    {"disc", "disk"},
    {"doughnut", "donut"},
    {"encyclopaed", "encycloped"},
    {"enquir", "inquir"},
    {"enrol", "enroll"},
    {"epicentre", "epicenter"},
    {"fibre", "fiber"},
    {"foetus", "fetus"},
    {"foetal", "fetal"},
    {"fulfil", "fulfill"},
    {"grey", "gray"},
    {"gynaecolog", "gynecolog"},
    {"haemo", "hemo"},
    {"haemorrhag", "hemorrhag"},
    {"instalment", "installment"},
    {"jewellery", "jewelry"},
    {"judgement", "judgment"},
    {"kilometre", "kilometer"},
    {"leukaem", "leukem"},
    {"licence", "license"},
    {"litre", "liter"},
    {"lustre", "luster"},
    {"manoeuvr", "maneuver"},
    {"manoeuvre", "maneuver"},
    {"meagre", "meager"},
    {"metre", "meter"},
    {"millimetre", "millimeter"},
    {"mould", "mold"},
    {"moustache", "mustache"},
    {"oesophag", "esophag"},
    {"oestrogen", "estrogen"},
    {"offence", "offense"},
    {"omelette", "omelet"},
    {"orthopaed", "orthoped"},
    {"paediatr", "pediatr"},
    {"paedophil", "pedophil"},
    {"plough", "plow"},
    {"practis", "practic"},
    {"pretence", "pretense"},
    {"programme", "program"},
    {"prologue", "prolog"},
    {"pyjama", "pajama"},
    {"sabre", "saber"},
    {"sceptic", "skeptic"},
    {"skilful", "skillful"},
    {"smoulder", "smolder"},
    {"sombre", "somber"},
    {"speciality", "specialty"},
    {"spectre", "specter"},
    {"sulphur", "sulfur"},
    {"theatre", "theater"},
    {"tyre", "tire"},
    {"whisky", "whiskey"},
    {"wilful", "willful"},
    {"woollen", "woolen"},
    {"yoghurt", "yogurt"},
};

// Endings: British, American.
constexpr Pair kEndings[] = {
    {"isation", "ization"}, {"isations", "izations"}, {"ise", "ize"},   {"ises", "izes"},
    {"ised", "ized"},       {"ising", "izing"},       {"iser", "izer"}, {"isers", "izers"},
    {"yse", "yze"},         {"yses", "yzes"},         {"ysed", "yzed"}, {"ysing", "yzing"},
    {"lled", "led"},        {"lling", "ling"},        {"ller", "ler"},  {"llers", "lers"},
};
constexpr size_t kLettersBeforeEnding = 3;
constexpr size_t kLettersBeforeL = 4;    // "travelled", not "filled"
constexpr size_t kLettersBeforeOur = 3;  // "colour", not "four"
constexpr size_t kSyllablesBeforeL = 2;

bool IsVowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

size_t CountSyllables(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i)
    count += IsVowel(text[i]) && (i == 0 || !IsVowel(text[i - 1])) ? 1 : 0;
  return count;
}

class Collector {
 public:
  explicit Collector(std::string_view word) : word_(word) {}

  std::vector<std::string> Collect() {
    for (const auto& [british, american] : kRoots) {
      ReplaceRoot(british, american);
      ReplaceRoot(american, british);
    }
    for (const auto& [british, american] : kEndings) {
      ReplaceEnding(british, american);
      ReplaceEnding(american, british);
    }
    ReplaceOur();
    return std::move(variants_);
  }

 private:
  void Add(std::string variant) {
    bool known = variant == word_ || std::find(variants_.begin(), variants_.end(), variant) != variants_.end();
    if (!known) variants_.push_back(std::move(variant));
  }

  void ReplaceRoot(std::string_view from, std::string_view to) {
    if (word_.starts_with(from)) Add(std::string(to) + std::string(word_.substr(from.size())));
  }

  void ReplaceEnding(std::string_view from, std::string_view to) {
    if (!word_.ends_with(from)) return;
    std::string_view before = word_.substr(0, word_.size() - from.size());
    bool doubles = from.front() == 'l';
    if (before.size() < (doubles ? kLettersBeforeL : kLettersBeforeEnding)) return;
    if (doubles && (!IsVowel(before.back()) || CountSyllables(before) < kSyllablesBeforeL)) return;
    Add(std::string(before) + std::string(to));
  }

  // "colour", "colourful", "favourite", and back.
  void ReplaceOur() {
    for (size_t at = word_.find("or"); at != std::string_view::npos; at = word_.find("or", at + 1)) {
      if (at >= kLettersBeforeOur) Add(std::string(word_.substr(0, at)) + "our" + std::string(word_.substr(at + 2)));
    }
    for (size_t at = word_.find("our"); at != std::string_view::npos; at = word_.find("our", at + 1)) {
      if (at >= kLettersBeforeOur) Add(std::string(word_.substr(0, at)) + "or" + std::string(word_.substr(at + 3)));
    }
  }

  const std::string_view word_;
  std::vector<std::string> variants_;
};

}  // namespace

std::vector<std::string> SpellingVariants(std::string_view word) {
  bool ascii = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return ascii ? Collector(word).Collect() : std::vector<std::string>();
}

}  // namespace broadsheet::search
