#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "ingest/clean/fold.h"
#include "ingest/clean/line_rule.h"

namespace broadsheet::ingest {
namespace {

constexpr std::string_view kCopyright[] = {"©*",
                                           "(c) 1*",
                                           "(c) 2*",
                                           "c) 1*",
                                           "c) 2*",
                                           "*all rights reserved",
                                           "all rights reserved*",
                                           "copyright ©*",
                                           "copyright (c)*",
                                           "copyright 1*",
                                           "copyright 2*",
                                           "copyright * all rights reserved*",
                                           "this material may not be published*",
                                           "reprinted with permission*",
                                           "click here for reprint*",
                                           "for licensing*please contact*",
                                           "content created by*available without charge*",
                                           "request reprint*",
                                           "reprints & permissions*",
                                           "distributed by *.com",
                                           "alle rechte vorbehalten*",
                                           "*alle rechte vorbehalten",
                                           "tous droits réservés*",
                                           "*tous droits réservés",
                                           "todos los derechos reservados*",
                                           "*todos los derechos reservados",
                                           "prohibida la reproducción*",
                                           "todos os direitos reservados*",
                                           "*todos os direitos reservados",
                                           "é proibida a reprodução*",
                                           "tutti i diritti riservati*",
                                           "*tutti i diritti riservati",
                                           "riproduzione riservata*",
                                           "*riproduzione riservata"};

constexpr std::string_view kGenerator[] = {"as an ai language model*",
                                           "as a large language model*",
                                           "as an ai assistant*",
                                           "certainly! here*",
                                           "certainly, here*",
                                           "certainly! below*",
                                           "sure, here*",
                                           "sure! here*",
                                           "sure thing! here*",
                                           "of course! here*",
                                           "absolutely! here*",
                                           "here is the rewritten*",
                                           "here's the rewritten*",
                                           "here is a rewritten*",
                                           "here's a rewritten*",
                                           "here is the revised*",
                                           "here's the revised*",
                                           "here is a revised*",
                                           "here is the article*",
                                           "here's the article*",
                                           "here is your*article*",
                                           "here's a summary of the article*",
                                           "here is a summary of the article*",
                                           "i hope this helps*",
                                           "i hope this article*meets*",
                                           "i can also help you*",
                                           "if you'd like*i can*",
                                           "if you would like*i can*",
                                           "if you want*i can also*",
                                           "if you need*let me know*",
                                           "let me know if you'd*",
                                           "let me know if you want*",
                                           "let me know if you need*",
                                           "let me know if you have*questions*",
                                           "please let me know if*",
                                           "feel free to ask*",
                                           "would you like me to*",
                                           "do you want me to*",
                                           "is there anything else*help*",
                                           "note: this article was generated*",
                                           "rewritten article*",
                                           "rewritten version*",
                                           "word count: *",
                                           "wenn du möchtest*kann ich*",
                                           "wenn sie möchten*kann ich*",
                                           "gerne! hier*",
                                           "hier ist der überarbeitete*",
                                           "hier ist die überarbeitete*",
                                           "lass mich wissen*",
                                           "si vous le souhaitez*je peux*",
                                           "si tu veux*je peux*",
                                           "bien sûr ! voici*",
                                           "voici l'article réécrit*",
                                           "n'hésitez pas à me*",
                                           "si quieres*puedo*",
                                           "si lo deseas*puedo*",
                                           "¡claro! aquí*",
                                           "claro, aquí tienes*",
                                           "aquí tienes el artículo*",
                                           "aquí está el artículo*reescrito*",
                                           "se quiser*posso*",
                                           "se desejar*posso*",
                                           "claro! aqui está*",
                                           "aqui está o artigo*",
                                           "se vuoi*posso*",
                                           "certo! ecco*",
                                           "ecco l'articolo*",
                                           "fammi sapere se*"};

constexpr std::string_view kTip[] = {
    "pro tip: *",          "pro-tip: *",    "protip: *",         "reader question: *",     "reader poll: *",
    "quick tip: *",        "profi-tipp: *", "astuce de pro : *", "consejo profesional: *", "dica de profissional: *",
    "dica profissional: *"};

constexpr std::string_view kPage[] = {"[email protected]",
                                      "email protected",
                                      "got a news tip*",
                                      "got a tip*",
                                      "have a tip*",
                                      "have a news tip*",
                                      "send tips to*",
                                      "send us a tip*",
                                      "submit a tip*",
                                      "contact us*",
                                      "about us",
                                      "advertise",
                                      "careers",
                                      "site map",
                                      "sitemap",
                                      "rss",
                                      "faq",
                                      "help",
                                      "contact",
                                      "this article is more than * old",
                                      "this article was published more than*ago*",
                                      "from the left",
                                      "from the right",
                                      "find your thread",
                                      "the common thread",
                                      "add interest",
                                      "interested in *? add * as an interest*",
                                      "do you approve or disapprove*vote now*",
                                      "do you support*vote here now",
                                      "vote here now*",
                                      "should *vote here now",
                                      "-->",
                                      "//-",
                                      "!-",
                                      "/-",
                                      "cdata",
                                      "spot_img"};

// "30.2 C", "72°F", "Partly cloudy, 18 °C": at most six words, the last a temperature.
bool IsWeather(std::string_view folded) {
  if (CountSpaced(folded) > 6 || folded.size() < 2) return false;
  for (const std::string_view unit : {" c", " f", "°", "°c", "°f", "° c", "° f", "ºc", "ºf", "º c", "º f", "℃", "℉"}) {
    if (!folded.ends_with(unit) || folded.size() == unit.size()) continue;
    std::string_view number = folded.substr(0, folded.size() - unit.size());
    while (number.ends_with(' '))
      number.remove_suffix(1);
    if (!number.empty() && absl::ascii_isdigit(static_cast<unsigned char>(number.back()))) return true;
  }
  return false;
}

// "10:45 AM", "14:05 GMT", "9.30 p.m. ET".
bool IsClock(std::string_view folded) {
  size_t at = 0;
  while (at < folded.size() && at < 2 && absl::ascii_isdigit(folded[at]))
    ++at;
  if (at == 0 || at + 3 > folded.size() || (folded[at] != ':' && folded[at] != '.')) return false;
  if (!absl::ascii_isdigit(folded[at + 1]) || !absl::ascii_isdigit(folded[at + 2])) return false;
  std::string_view rest = folded.substr(at + 3);
  if (rest.starts_with(':') && rest.size() >= 3) rest.remove_prefix(3);
  return rest.size() <= 9 &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return absl::ascii_isalpha(c) || c == ' ' || c == '.'; }) &&
         (rest.empty() || HasWord(rest, "am") || HasWord(rest, "pm") || HasWord(rest, "a.m") || HasWord(rest, "p.m") ||
          HasWord(rest, "gmt") || HasWord(rest, "utc") || HasWord(rest, "uhr") || HasWord(rest, "et") ||
          HasWord(rest, "est") || HasWord(rest, "edt"));
}

bool IsWeatherOrClock(const ShortLine& line) {
  return (line.in_head || line.in_tail) && (IsWeather(line.folded) || IsClock(line.folded));
}

constexpr std::array<LineRule, 5> kRules = {{
    {{"copyright", "A notice of copyright or of reprint rights is cut."}, 420, kCopyright},
    {{"generator", "What a text generator says to its user about the text is cut."}, 320, kGenerator},
    {{"tip", "A tip to the reader that is no part of the report is cut."}, 260, kTip},
    {{"page", "A label of the page around the article, or an appeal to its readers, is cut."}, 220, kPage},
    {{"weather", "Weather and clock readings above or below the text are cut."}, 48, {}, IsWeatherOrClock},
}};

}  // namespace

std::span<const LineRule> NoticeRules() {
  return kRules;
}

}  // namespace broadsheet::ingest
