#include "common/figure/figure.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "common/figure/unit_table.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

std::string Read(std::string_view text, const std::string& language = "en", const std::string& region = "") {
  std::string keys;
  for (const Figure& figure : ReadFigures(text, {language, region}, 20))
    keys += (keys.empty() ? "" : ", ") + FigureKey(figure);
  return keys;
}

struct Case {
  const char* text;
  const char* expected;
};

void Check(const char* language, std::initializer_list<Case> cases) {
  for (const Case& c : cases)
    EXPECT_EQ(Read(c.text, language), c.expected) << language << ": " << c.text;
}

TEST(FigureTest, APercentageIsOneValueHoweverItIsWritten) {
  for (const char* text : {"3.5%", "3.5 %", "3.5 per cent", "3.5 percent", "3.5 pct", "3.5-percent", "3.50 percent",
                           "three and a half percent", "three and a half per cent", "3 1/2 percent", "3½ percent",
                           "three point five percent", "3,5 percent"}) {
    EXPECT_EQ(Read(std::string("Prices rose ") + text + " in May."), "3.5 %") << text;
  }
}

TEST(FigureTest, ReadsPercentagesOfNineLanguages) {
  Check("de", {{"um 3,5 Prozent", "3.5 %"},
               {"um dreieinhalb Prozent", "3.5 %"},
               {"3,5-prozentig", ""},
               {"2 Prozentpunkte", "2 pp"}});
  Check("fr", {{"de 3,5 % en mai", "3.5 %"}, {"de 3,5 pour cent", "3.5 %"}, {"de trois et demi pour cent", "3.5 %"}});
  Check("es", {{"un 3,5 por ciento", "3.5 %"}, {"tres y medio por ciento", "3.5 %"}, {"el 3,5%", "3.5 %"}});
  Check("pt", {{"subiram 3,5 por cento", "3.5 %"}, {"três e meio por cento", "3.5 %"}});
  Check("it", {{"del 3,5 per cento", "3.5 %"}, {"tre e mezzo per cento", "3.5 %"}});
  Check("ja", {{"物価は3.5％上がった", "3.5 %"}, {"物価は3.5パーセント上がった", "3.5 %"}});
  Check("zh", {{"上涨3.5%", "3.5 %"}, {"上涨百分之3.5", "3.5 %"}, {"下降2个百分点", "2 pp"}});
  Check("ar", {{"بنسبة ٣٫٥٪ في", "3.5 %"}, {"بنسبة 3.5 في المئة", "3.5 %"}});
}

TEST(FigureTest, ReadsMoney) {
  Check("en", {{"a $2 billion deal", "2000000000 USD"},
               {"$2bn", "2000000000 USD"},
               {"US$2.5 million", "2500000 USD"},
               {"2 billion dollars", "2000000000 USD"},
               {"two billion dollars", "2000000000 USD"},
               {"€3.3m", "3300000 EUR"},
               {"EUR 500", "500 EUR"},
               {"500 EUR", "500 EUR"},
               {"£1,250.50 a week", "1250.5 GBP"},
               {"Rs 2 crore", "20000000 INR"},
               {"₹12,34,567", "1234567 INR"},
               {"half a million dollars", "500000 USD"},
               {"$3-5 billion", "3000000000 USD, 5000000000 USD"},
               {"$3 billion to $5 billion", "3000000000 USD, 5000000000 USD"},
               {"C$40", "40 CAD"},
               {"5 million pounds", "5000000 GBP"},
               {"100,000 yen", "100000 JPY"}});
  Check("de", {{"2 Milliarden Euro", "2000000000 EUR"},
               {"2 Mrd. Euro", "2000000000 EUR"},
               {"3,5 Mio. €", "3500000 EUR"},
               {"1.250,50 Euro", "1250.5 EUR"},
               {"zwei Billionen Dollar", "2000000000000 USD"},
               {"3.500 Euro", "3500 EUR"}});
  Check("fr", {{"2 milliards d'euros", "2000000000 EUR"},
               {"1 250,50 €", "1250.5 EUR"},
               {"deux millions d’euros", "2000000 EUR"},
               {"quatre-vingt-dix-sept euros", "97 EUR"}});
  Check("es", {{"2.000 millones de euros", "2000000000 EUR"}, {"dos mil millones de dólares", "2000000000 USD"}});
  Check("pt",
        {{"R$ 2 bilhões", "2000000000 BRL"}, {"R$ 1.250,50", "1250.5 BRL"}, {"2,5 milhões de euros", "2500000 EUR"}});
  Check("it", {{"2 miliardi di euro", "2000000000 EUR"}, {"duecentocinquanta euro", "250 EUR"}});
  Check("ja", {{"100億円", "10000000000 JPY"}, {"1億2000万円", "120000000 JPY"}, {"3万ドル", "30000 USD"}});
  Check("zh", {{"20亿元", "2000000000 CNY"}, {"3万美元", "30000 USD"}});
  Check("ar", {{"2 مليار دولار", "2000000000 USD"}, {"٥ ملايين يورو", "5000000 EUR"}});
}

TEST(FigureTest, TheRegionTellsWhoseDollarsItIsAbout) {
  EXPECT_EQ(Read("$5m", "en", "AU"), "5000000 AUD");
  EXPECT_EQ(Read("$5m", "en", "CA"), "5000000 CAD");
  EXPECT_EQ(Read("$5m", "en", "GB"), "5000000 USD");
  EXPECT_EQ(Read("500 pesos", "es", "MX"), "500 MXN");
  EXPECT_EQ(Read("500 pesos", "es"), "") << "of which country is not known";
  EXPECT_EQ(Read("10 pounds", "en", "GB"), "10 GBP");
}

TEST(FigureTest, ReadsMeasures) {
  Check("en", {{"120 km", "120 km"},
               {"120 kilometres", "120 km"},
               {"30 miles per hour", "30 mph"},
               {"5,000 tonnes", "5000 t"},
               {"30 degrees Celsius", "30 °C"},
               {"-2°C", "-2 °C"},
               {"minus 5 degrees", "-5 °"},
               {"20 square kilometres", "20 km²"},
               {"a 5-mile walk", "5 mi"},
               {"3 to 5 km", "3 km, 5 km"},
               {"between 3 and 5 hours", "3 hour, 5 hour"},
               {"20 years", "20 year"},
               {"two hundred and fifty tonnes", "250 t"},
               {"5m", ""},
               {"two dozen miles", "24 mi"}});
  Check("de", {{"120 Kilometer", "120 km"},
               {"30 Grad Celsius", "30 °C"},
               {"zwölf Stunden", "12 hour"},
               {"einundzwanzig Tonnen", "21 t"}});
  Check("fr", {{"30 degrés", "30 °"}, {"vingt et un kilomètres", "21 km"}});
  Check("es", {{"120 kilómetros", "120 km"}});
  Check("ja", {{"5キロメートル", "5 km"}, {"10トン", "10 t"}});
  Check("ar", {{"120 كيلومترا", "120 km"}});
}

TEST(FigureTest, ReadsCounts) {
  Check("en", {{"12 people were hurt", "12 people"},
               {"twelve people", "12 people"},
               {"a dozen people", "12 people"},
               {"killed 300 more people", "300 people"},
               {"at least 12 dead", "12 dead"},
               {"300 new homes", "300 homes"},
               {"about 40 protesters", "40 protesters"},
               {"2 million", "2000000"},
               {"a million tourists", "1000000 tourists"},
               {"one of the boats", ""},
               {"one day", ""}});
  Check("de", {{"12 Menschen", "12 people"}, {"zwölf Tote", "12 dead"}, {"2 Millionen", "2000000"}});
  Check("ja", {{"3万5000人", "35000 people"}});
}

TEST(FigureTest, LeavesAloneWhatIsNoFigure) {
  for (const char* text : {"on June 21, 2025",
                           "at 10:30",
                           "in 2025 elections",
                           "the 1990s",
                           "COVID-19 cases",
                           "a 3-2 win",
                           "version 1.2.3",
                           "the 9-11 attacks",
                           "the Sept. 11 terrorist attacks",
                           "the Section 230 rules",
                           "24/7 services",
                           "A4 papers",
                           "+49 30 123456",
                           "",
                           "the 3rd",
                           "half",
                           "a",
                           "million",
                           "1234567890123456789012345 people",
                           "No. 5",
                           "Route 66",
                           "It was 5",
                           "%",
                           "$",
                           "per cent"}) {
    EXPECT_EQ(Read(text), "") << text;
  }
}

TEST(FigureTest, SaysWhereAFigureStands) {
  const std::string text = "Exports fell by €3.3 million – or 2.5 per cent.";
  const auto figures = ReadFigures(text, {"en", ""}, 10);
  ASSERT_EQ(figures.size(), 2);
  EXPECT_EQ(text.substr(figures[0].begin, figures[0].end - figures[0].begin), "€3.3 million");
  EXPECT_EQ(text.substr(figures[1].begin, figures[1].end - figures[1].begin), "2.5 per cent");
  EXPECT_EQ(figures[0].kind, FigureKind::kMoney);
  EXPECT_DOUBLE_EQ(figures[1].value.ToDouble(), 2.5);
}

TEST(FigureTest, StopsAtTheBound) {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "3 km, ";
  EXPECT_EQ(ReadFigures(text, {}, 64).size(), 64);
}

TEST(FigureTest, AQuestionNamesAFigureInAnyLanguage) {
  for (const char* words : {"3.5%", "3.5 per cent", " 3.5 percent ", "three and a half percent", "3,5 Prozent",
                            "dreieinhalb Prozent", "tres y medio por ciento", "3.5 %"}) {
    EXPECT_EQ(FigureKeyOf(words), "3.5 %") << words;
  }
  EXPECT_EQ(FigureKeyOf("$2bn"), "2000000000 USD");
  EXPECT_EQ(FigureKeyOf("1,500,000"), "1500000");
  EXPECT_EQ(FigureKeyOf("2,000 people"), "2000 people");
  EXPECT_EQ(FigureKeyOf("2000 people"), "2000 people");
  EXPECT_EQ(FigureKeyOf("ferry"), std::nullopt);
  EXPECT_EQ(FigureKeyOf(""), std::nullopt);
}

TEST(FigureTest, TheKeyOfAFigureReadsAsItself) {
  for (const UnitRow& row : UnitRows()) {
    for (const char* value : {"7", "-2.5", "2000000000", "0.25"}) {
      const std::string key = std::string(value) + " " + std::string(row.unit);
      EXPECT_EQ(FigureKeyOf(key), key);
    }
  }
  for (const char* key : {"40 protesters", "1500000", "3.5", "12 people", "7 PKR"})
    EXPECT_EQ(FigureKeyOf(key), key);
}

// Pieces of figures by chance: spans are in order, inside the text, at characters, and keys are read as themselves.
TEST(FigureTest, HoldsItsPromisesWhateverIsThrownAtIt) {
  constexpr const char* kPieces[] = {
      "3",   "12",     "2025",  ".",   ",",  "%",     "$",  "US",      "€",     "million", "億",     "円",    "-",
      " ",   "\n",     "three", "and", "a",  "half",  "to", "per",     "cent",  "km",      "/",      "h",     "°",
      "C",   "people", "½",     "٪",   "٣",  "دولار", "bn", "m",       "dos",   "mil",     "quatre", "vingt", "et",
      "000", "\u00a0", "'",     "Mrd", "百", "分",    "之", "hundred", "dozen", "homes",   "minus"};
  const std::string languages[] = {"en", "de", "fr", "es", "pt", "it", "ja", "ar", ""};
  std::mt19937 random(11);
  for (int run = 0; run < 20'000; ++run) {
    std::string text;
    for (size_t left = random() % 14; left > 0; --left)
      text += std::string(kPieces[random() % std::size(kPieces)]) + (random() % 3 ? " " : "");
    size_t end = 0;
    for (const Figure& figure : ReadFigures(text, {languages[run % std::size(languages)], ""}, 64)) {
      ASSERT_GE(figure.begin, end) << text;
      ASSERT_LT(figure.begin, figure.end) << text;
      ASSERT_LE(figure.end, text.size()) << text;
      ASSERT_TRUE(IsValidUtf8(text.substr(figure.begin, figure.end - figure.begin))) << text;
      ASSERT_EQ(FigureKeyOf(FigureKey(figure)), FigureKey(figure)) << text;
      end = figure.end;
    }
  }
}

}  // namespace
}  // namespace broadsheet
