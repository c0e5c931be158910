#include "common/figure/number_words.h"

#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/figure/piece.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

using Kind = NumberWord::Kind;
using Words = absl::flat_hash_map<std::string, NumberWord>;

// Words separated by '|'; the values begin with `first` and go on by `step`.
struct Row {
  Kind kind;
  int first;
  int step;
  std::string_view words;
};

constexpr Row kEnglish[] = {
    {Kind::kBelowHundred, 0, 1,
     "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
     "eighteen|nineteen"},
    {Kind::kBelowHundred, 20, 10, "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"},
    {Kind::kBelowHundred, 12, 0, "dozen"},
    {Kind::kHundred, 100, 0, "hundred"},
    {Kind::kScale, 3, 3, "thousand|million|billion|trillion"},
    {Kind::kArticle, 1, 0, "a|an"},
    {Kind::kHalf, 50, 0, "half"},
};

constexpr std::string_view kGermanOnes =
    "null|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|"
    "vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn";
constexpr std::string_view kGermanTens = "zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig";
constexpr Row kGerman[] = {
    {Kind::kBelowHundred, 0, 1, kGermanOnes},   {Kind::kBelowHundred, 1, 0, "eine|eins|einer|einem|einen"},
    {Kind::kBelowHundred, 20, 10, kGermanTens}, {Kind::kBelowHundred, 12, 0, "dutzend"},
    {Kind::kHundred, 100, 0, "hundert"},        {Kind::kScale, 3, 0, "tausend"},
    {Kind::kScale, 6, 0, "million|millionen"},  {Kind::kScale, 9, 0, "milliarde|milliarden"},
    {Kind::kScale, 12, 0, "billion|billionen"}, {Kind::kHalf, 50, 0, "halbe|halben"},
};

constexpr Row kFrench[] = {
    {Kind::kBelowHundred, 0, 1,
     "zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"},
    {Kind::kBelowHundred, 20, 10, "vingt|trente|quarante|cinquante|soixante|septante|huitante|nonante"},
    {Kind::kBelowHundred, 1, 0, "une"},
    {Kind::kBelowHundred, 20, 0, "vingts"},
    {Kind::kHundred, 100, 0, "cent|cents"},
    {Kind::kScale, 3, 0, "mille"},
    {Kind::kScale, 6, 0, "million|millions"},
    {Kind::kScale, 9, 0, "milliard|milliards"},
    {Kind::kScale, 12, 0, "billion|billions"},
};

constexpr Row kSpanish[] = {
    {Kind::kBelowHundred, 0, 1,
     "cero|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|"
     "dieciocho|diecinueve|veinte|veintiuno|veintidós|veintitrés|veinticuatro|veinticinco|veintiséis|veintisiete|"
     "veintiocho|veintinueve|treinta"},
    {Kind::kBelowHundred, 1, 20, "uno|veintiún"},
    {Kind::kBelowHundred, 1, 20, "una|veintiuna"},
    {Kind::kBelowHundred, 40, 10, "cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"},
    {Kind::kHundreds, 100, 100,
     "ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos"},
    {Kind::kHundreds, 200, 100,
     "doscientas|trescientas|cuatrocientas|quinientas|seiscientas|setecientas|ochocientas|novecientas"},
    {Kind::kHundreds, 100, 0, "cien"},
    {Kind::kScale, 3, 0, "mil"},
    {Kind::kScale, 6, 0, "millón|millones"},
    {Kind::kScale, 9, 0, "millardo|millardos"},
    {Kind::kScale, 12, 0, "billón|billones"},
    {Kind::kHalf, 50, 0, "medio|media"},
};

constexpr Row kPortuguese[] = {
    {Kind::kBelowHundred, 0, 1,
     "zero|um|dois|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|catorze|quinze|dezesseis|dezessete|"
     "dezoito|"
     "dezenove|vinte"},
    {Kind::kBelowHundred, 1, 1, "uma|duas"},
    {Kind::kBelowHundred, 14, 0, "quatorze"},
    {Kind::kBelowHundred, 16, 1, "dezasseis|dezassete|dezoito|dezanove"},
    {Kind::kBelowHundred, 30, 10, "trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa"},
    {Kind::kHundreds, 100, 100,
     "cento|duzentos|trezentos|quatrocentos|quinhentos|seiscentos|setecentos|oitocentos|novecentos"},
    {Kind::kHundreds, 200, 100,
     "duzentas|trezentas|quatrocentas|quinhentas|seiscentas|setecentas|oitocentas|novecentas"},
    {Kind::kHundreds, 100, 0, "cem"},
    {Kind::kScale, 3, 0, "mil"},
    {Kind::kScale, 6, 0, "milhão|milhões"},
    {Kind::kScale, 9, 0, "bilhão|bilhões"},
    {Kind::kScale, 12, 0, "trilhão|trilhões|bilião|biliões"},
    {Kind::kHalf, 50, 0, "meio|meia"},
};

constexpr std::string_view kItalianOnes =
    "zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|"
    "tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove";
constexpr std::string_view kItalianTens = "venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta";
constexpr Row kItalian[] = {
    {Kind::kBelowHundred, 0, 1, kItalianOnes},   {Kind::kBelowHundred, 1, 0, "un|una"},
    {Kind::kBelowHundred, 20, 10, kItalianTens}, {Kind::kScale, 3, 0, "mille|mila"},
    {Kind::kScale, 6, 0, "milione|milioni"},     {Kind::kScale, 9, 0, "miliardo|miliardi"},
    {Kind::kScale, 12, 0, "bilione|bilioni"},    {Kind::kHalf, 50, 0, "mezzo|mezza"},
};

std::vector<std::string> Split(std::string_view words) {
  return absl::StrSplit(absl::string_view(words.data(), words.size()), '|');
}

void AddRows(std::span<const Row> rows, Words& words) {
  for (const Row& row : rows) {
    int value = row.first;
    for (const std::string& word : Split(row.words)) {
      words[FoldForMatch(word)] = {row.kind, value};
      value += row.step;
    }
  }
}

// "einundzwanzig", "zweihundertfünfzig": German writes up to a thousand in one word.
void AddGermanCompounds(Words& words) {
  const std::vector<std::string> ones = Split(kGermanOnes), tens = Split(kGermanTens);
  std::vector<std::string> below_hundred(100);
  for (size_t i = 1; i < ones.size(); ++i)
    below_hundred[i] = ones[i];
  for (size_t ten = 2; ten < 10; ++ten) {
    below_hundred[ten * 10] = tens[ten - 2];
    for (size_t one = 1; one < 10; ++one)
      below_hundred[ten * 10 + one] = absl::StrCat(ones[one], "und", tens[ten - 2]);
  }
  for (int value = 21; value < 1000; ++value) {
    const std::string& rest = value % 100 == 1 ? "eins" : below_hundred[value % 100];
    const std::string hundreds = value < 100 ? "" : absl::StrCat(ones[value / 100], "hundert");
    words[FoldForMatch(hundreds + rest)] = {value < 100 ? Kind::kBelowHundred : Kind::kHundreds, value};
  }
  for (int value = 1; value < 13; ++value)
    words[FoldForMatch(ones[value] + "einhalb")] = {Kind::kAndHalf, value};
  words["anderthalb"] = {Kind::kAndHalf, 1};
}

// "ventuno", "duecentotrentacinque": Italian, too.
void AddItalianCompounds(Words& words) {
  const std::vector<std::string> ones = Split(kItalianOnes), tens = Split(kItalianTens);
  for (int value = 21; value < 1000; ++value) {
    const int rest = value % 100, one = rest % 10;
    std::string word = value < 100 ? "" : absl::StrCat(value < 200 ? "" : ones[value / 100], "cento");
    if (rest >= 20) {
      std::string ten = tens[rest / 10 - 2];
      if (one == 1 || one == 8) ten.pop_back();
      word += ten;
      if (one > 0) word += one == 3 ? "tré" : ones[one];
    } else if (rest > 0) {
      word += ones[rest];
    }
    words[FoldForMatch(word)] = {value < 100 ? Kind::kBelowHundred : Kind::kHundreds, value};
  }
}

struct Languages {
  Words en, de, fr, es, pt, it;

  const Words* Find(std::string_view language) const {
    if (language == "en") return &en;
    if (language == "de") return &de;
    if (language == "fr") return &fr;
    if (language == "es") return &es;
    if (language == "pt") return &pt;
    return language == "it" ? &it : nullptr;
  }
};

const Languages& AllWords() {
  static const Languages* const languages = [] {
    auto* made = new Languages;
    AddRows(kEnglish, made->en);
    AddGermanCompounds(made->de);
    AddRows(kGerman, made->de);
    AddRows(kFrench, made->fr);
    AddRows(kSpanish, made->es);
    AddRows(kPortuguese, made->pt);
    AddItalianCompounds(made->it);
    AddRows(kItalian, made->it);
    return made;
  }();
  return *languages;
}

struct Amount {
  std::string_view words;
  int value;
};

// Hundredths.
constexpr Amount kFractions[] = {
    {"and a half", 50},
    {"and one half", 50},
    {"and a quarter", 25},
    {"and one quarter", 25},
    {"and three quarters", 75},
    {"und ein halbes", 50},
    {"et demi", 50},
    {"et demie", 50},
    {"y medio", 50},
    {"y media", 50},
    {"e meio", 50},
    {"e meia", 50},
    {"e mezzo", 50},
    {"e mezza", 50},
    {"½", 50},
    {"¼", 25},
    {"¾", 75},
    {"1/2", 50},
    {"1/4", 25},
    {"3/4", 75},
};

// Powers of ten, the same in all languages that have the word; long scale words are settled in FindMagnitude.
constexpr Amount kMagnitudes[] = {
    {"hundred", 2},   {"thousand", 3},   {"million", 6},    {"millions", 6},   {"billion", 9},  {"billions", 9},
    {"trillion", 12}, {"trillions", 12}, {"bn", 9},         {"mn", 6},         {"mln", 6},      {"mio", 6},
    {"mrd", 9},       {"md", 9},         {"mds", 9},        {"mld", 9},        {"trn", 12},     {"tn", 12},
    {"lakh", 5},      {"lakhs", 5},      {"crore", 7},      {"crores", 7},     {"tausend", 3},  {"hundert", 2},
    {"millionen", 6}, {"milliarde", 9},  {"milliarden", 9}, {"billionen", 12}, {"tsd", 3},      {"mille", 3},
    {"milliard", 9},  {"milliards", 9},  {"mil", 3},        {"millón", 6},     {"millones", 6}, {"billón", 12},
    {"billones", 12}, {"milhão", 6},     {"milhões", 6},    {"bilhão", 9},     {"bilhões", 9},  {"bi", 9},
    {"mi", 6},        {"trilhão", 12},   {"trilhões", 12},  {"bilião", 12},    {"biliões", 12}, {"mila", 3},
    {"milione", 6},   {"milioni", 6},    {"miliardo", 9},   {"miliardi", 9},   {"mld", 9},      {"万", 4},
    {"萬", 4},        {"億", 8},         {"亿", 8},         {"兆", 12},        {"千", 3},       {"百", 2},
    {"百万", 6},      {"百萬", 6},       {"千万", 7},       {"ألف", 3},        {"آلاف", 3},     {"مليون", 6},
    {"ملايين", 6},    {"مليار", 9},      {"مليارات", 9},    {"تريليون", 12},
};

// Beside a currency only.
constexpr Amount kMoneyMagnitudes[] = {{"m", 6}, {"M", 6}, {"k", 3},  {"K", 3},
                                       {"b", 9}, {"B", 9}, {"T", 12}, {"mm", 6}};

using Amounts = absl::flat_hash_map<std::string, int>;

Amounts MakeAmounts(std::span<const Amount> rows) {
  Amounts made;
  for (const Amount& row : rows)
    made[LookupKey(row.words)] = row.value;
  return made;
}

std::optional<int> Find(const Amounts& amounts, const std::string& key) {
  const auto found = amounts.find(key);
  if (found == amounts.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<NumberWord> FindNumberWord(std::string_view language, const std::string& folded) {
  const Words* words = AllWords().Find(language);
  if (words == nullptr) return std::nullopt;
  const auto found = words->find(folded);
  if (found == words->end()) return std::nullopt;
  return found->second;
}

bool HasNumberWords(std::string_view language) {
  return AllWords().Find(language) != nullptr;
}

std::optional<int> FindFraction(const std::string& key) {
  static const auto* const fractions = new Amounts(MakeAmounts(kFractions));
  return Find(*fractions, key);
}

std::optional<int> FindMagnitude(std::string_view language, const std::string& key, bool money) {
  static const auto* const magnitudes = new Amounts(MakeAmounts(kMagnitudes));
  static const auto* const beside_money = new Amounts(MakeAmounts(kMoneyMagnitudes));
  // The long scale: a Billion of German and French is a million millions.
  if ((key == "billion" || key == "billions") && (language == "de" || language == "fr")) return 12;
  if ((key == "mi" || key == "bi") && language != "pt") return std::nullopt;
  if (const auto found = Find(*magnitudes, key)) return found;
  return money ? Find(*beside_money, key) : std::nullopt;
}

}  // namespace broadsheet
