#include "ingest/clean/page_words.h"

#include <algorithm>
#include <array>

#include "ingest/clean/fold.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestHeading = 60;  // bytes

// Words of one kind share a bit, so that a menu in two languages is no more evidence than in one.
struct FurnitureWord {
  std::string_view word;
  int kind;
};

constexpr std::array kFurniture = {
    FurnitureWord{"privacy", 0},
    FurnitureWord{"datenschutz", 0},
    FurnitureWord{"confidentialité", 0},
    FurnitureWord{"privacidad", 0},
    FurnitureWord{"privacidade", 0},
    FurnitureWord{"プライバシー", 0},
    FurnitureWord{"隐私", 0},
    FurnitureWord{"конфиденциальности", 0},
    FurnitureWord{"الخصوصية", 0},
    FurnitureWord{"terms of", 1},
    FurnitureWord{"terms and conditions", 1},
    FurnitureWord{"nutzungsbedingungen", 1},
    FurnitureWord{"agb", 1},
    FurnitureWord{"mentions légales", 1},
    FurnitureWord{"aviso legal", 1},
    FurnitureWord{"termos de uso", 1},
    FurnitureWord{"impressum", 1},
    FurnitureWord{"利用規約", 1},
    FurnitureWord{"user agreement", 1},
    FurnitureWord{"note legali", 1},
    FurnitureWord{"شروط", 1},
    FurnitureWord{"©", 2},
    FurnitureWord{"all rights reserved", 2},
    FurnitureWord{"copyright", 2},
    FurnitureWord{"alle rechte vorbehalten", 2},
    FurnitureWord{"tous droits réservés", 2},
    FurnitureWord{"todos los derechos reservados", 2},
    FurnitureWord{"todos os direitos reservados", 2},
    FurnitureWord{"tutti i diritti riservati", 2},
    FurnitureWord{"版权所有", 2},
    FurnitureWord{"все права защищены", 2},
    FurnitureWord{"cookie", 3},
    FurnitureWord{"cookies", 3},
    FurnitureWord{"subscribe", 4},
    FurnitureWord{"subscription", 4},
    FurnitureWord{"subscriptions", 4},
    FurnitureWord{"abonnieren", 4},
    FurnitureWord{"abonnement", 4},
    FurnitureWord{"s'abonner", 4},
    FurnitureWord{"abonnez-vous", 4},
    FurnitureWord{"suscríbete", 4},
    FurnitureWord{"assine", 4},
    FurnitureWord{"abbonati", 4},
    FurnitureWord{"подписаться", 4},
    FurnitureWord{"订阅", 4},
    FurnitureWord{"newsletter", 5},
    FurnitureWord{"newsletters", 5},
    FurnitureWord{"boletín", 5},
    FurnitureWord{"infolettre", 5},
    FurnitureWord{"ニュースレター", 5},
    FurnitureWord{"sign in", 6},
    FurnitureWord{"log in", 6},
    FurnitureWord{"login", 6},
    FurnitureWord{"log out", 6},
    FurnitureWord{"sign up", 6},
    FurnitureWord{"my account", 6},
    FurnitureWord{"anmelden", 6},
    FurnitureWord{"se connecter", 6},
    FurnitureWord{"connexion", 6},
    FurnitureWord{"iniciar sesión", 6},
    FurnitureWord{"accedi", 6},
    FurnitureWord{"ログイン", 6},
    FurnitureWord{"登录", 6},
    FurnitureWord{"войти", 6},
    FurnitureWord{"تسجيل الدخول", 6},
    FurnitureWord{"contact us", 7},
    FurnitureWord{"about us", 7},
    FurnitureWord{"kontakt", 7},
    FurnitureWord{"über uns", 7},
    FurnitureWord{"contactez-nous", 7},
    FurnitureWord{"nous contacter", 7},
    FurnitureWord{"qui sommes-nous", 7},
    FurnitureWord{"contacto", 7},
    FurnitureWord{"quiénes somos", 7},
    FurnitureWord{"quem somos", 7},
    FurnitureWord{"chi siamo", 7},
    FurnitureWord{"contatti", 7},
    FurnitureWord{"お問い合わせ", 7},
    FurnitureWord{"联系我们", 7},
    FurnitureWord{"关于我们", 7},
    FurnitureWord{"advertise", 8},
    FurnitureWord{"advertise with us", 8},
    FurnitureWord{"publicité", 8},
    FurnitureWord{"publicidad", 8},
    FurnitureWord{"publicidade", 8},
    FurnitureWord{"mediadaten", 8},
    FurnitureWord{"sitemap", 9},
    FurnitureWord{"site map", 9},
    FurnitureWord{"rss", 9},
    FurnitureWord{"skip to content", 10},
    FurnitureWord{"skip to main content", 10},
    FurnitureWord{"skip to navigation", 10},
    FurnitureWord{"zum inhalt springen", 10},
    FurnitureWord{"aller au contenu", 10},
    FurnitureWord{"facebook", 11},
    FurnitureWord{"instagram", 11},
    FurnitureWord{"youtube", 11},
    FurnitureWord{"whatsapp", 11},
    FurnitureWord{"pinterest", 11},
    FurnitureWord{"linkedin", 11},
    FurnitureWord{"careers", 12},
    FurnitureWord{"karriere", 12},
    FurnitureWord{"accessibility", 12},
    FurnitureWord{"help center", 12},
    FurnitureWord{"help centre", 12},
    FurnitureWord{"faq", 12},
};

constexpr std::array<std::string_view, 66> kEnds = {"comment",
                                                    "comments",
                                                    "leave a comment",
                                                    "leave a reply",
                                                    "post a comment",
                                                    "view comments",
                                                    "show comments",
                                                    "join the conversation",
                                                    "read comments",
                                                    "kommentare",
                                                    "commentaires",
                                                    "comentarios",
                                                    "comentários",
                                                    "commenti",
                                                    "related",
                                                    "related *",
                                                    "read next",
                                                    "read more stories",
                                                    "up next",
                                                    "next story",
                                                    "next article",
                                                    "next up",
                                                    "most read",
                                                    "most popular",
                                                    "most viewed",
                                                    "popular",
                                                    "trending",
                                                    "trending *",
                                                    "top stories",
                                                    "latest",
                                                    "latest news",
                                                    "latest stories",
                                                    "latest articles",
                                                    "more stories",
                                                    "more stories *",
                                                    "more from *",
                                                    "more in *",
                                                    "more news",
                                                    "more on this story",
                                                    "more like this",
                                                    "you may also like",
                                                    "you might also like",
                                                    "you may like",
                                                    "recommended",
                                                    "recommended *",
                                                    "what to read next",
                                                    "editors' picks",
                                                    "editor's picks",
                                                    "editor's pick",
                                                    "editors' pick",
                                                    "don't miss",
                                                    "about the author",
                                                    "about the authors",
                                                    "topics",
                                                    "tags",
                                                    "share this",
                                                    "share this article",
                                                    "follow us",
                                                    "sponsored",
                                                    "sponsored content",
                                                    "partner content",
                                                    "around the web",
                                                    "mehr zum thema",
                                                    "lesen sie auch",
                                                    "à lire aussi",
                                                    "lea también"};

}  // namespace

uint32_t FurnitureWords(std::string_view folded) {
  uint32_t kinds = 0;
  for (const FurnitureWord& word : kFurniture) {
    if (HasWord(folded, word.word)) kinds |= uint32_t{1} << word.kind;
  }
  return kinds;
}

bool EndsArticle(std::string_view folded) {
  if (folded.size() > kLongestHeading) return false;
  if (folded.starts_with("©") || folded.starts_with("copyright ")) return true;
  // "Comments (12)", "12 comments"
  std::string_view heading = folded;
  const auto is_count = [](char c) { return (c >= '0' && c <= '9') || c == ' ' || c == '(' || c == ')' || c == ','; };
  while (!heading.empty() && is_count(heading.back()))
    heading.remove_suffix(1);
  while (!heading.empty() && is_count(heading.front()))
    heading.remove_prefix(1);
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [heading](std::string_view end) { return MatchesPattern(heading, end); });
}

}  // namespace broadsheet::ingest
