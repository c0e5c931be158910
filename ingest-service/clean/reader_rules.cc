#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "ingest/clean/fold.h"
#include "ingest/clean/line_rule.h"

namespace broadsheet::ingest {
namespace {

constexpr std::string_view kComment[] = {"add a comment*",
                                         "add your comment*",
                                         "be the first to comment*",
                                         "cancel reply",
                                         "click here to cancel reply",
                                         "click here to post a comment",
                                         "comment",
                                         "comments",
                                         "comments are closed*",
                                         "comments closed",
                                         "comments have been closed*",
                                         "commenting is closed*",
                                         "have your say",
                                         "join the conversation",
                                         "join the discussion",
                                         "leave a comment*",
                                         "leave a reply*",
                                         "leave your comment*",
                                         "leave your thoughts*",
                                         "let us know*in the comments*",
                                         "load comments",
                                         "log in to comment*",
                                         "log in to leave a comment*",
                                         "login to comment*",
                                         "no comments",
                                         "no comments yet",
                                         "please enter your comment*",
                                         "please enter your name*",
                                         "please log in to comment*",
                                         "post a comment*",
                                         "post comment",
                                         "read the comments",
                                         "reply",
                                         "report abuse",
                                         "save my name, email*",
                                         "share your thoughts*comment*",
                                         "share your comments*",
                                         "share your opinion*comment*",
                                         "show comments",
                                         "sign in to comment*",
                                         "submit comment",
                                         "tell us*in the comments*",
                                         "view comments",
                                         "view all comments",
                                         "view the comments",
                                         "show all comments",
                                         "what are your thoughts on*comment*",
                                         "what do you think*comment*",
                                         "what's your take*comment*",
                                         "what's your opinion*comment*",
                                         "write a comment*",
                                         "you must be logged in to*",
                                         "your email address will not be published*",
                                         "required fields are marked*",
                                         "you have entered an incorrect email address*",
                                         "please enter your email address here",
                                         "notify me of*by email",
                                         "kommentar schreiben*",
                                         "kommentare",
                                         "kommentar hinterlassen*",
                                         "kommentare anzeigen",
                                         "schreiben sie einen kommentar*",
                                         "diskutieren sie mit*",
                                         "ihre meinung ist gefragt*",
                                         "commentaires",
                                         "laisser un commentaire*",
                                         "commenter",
                                         "ajouter un commentaire*",
                                         "réagir",
                                         "donnez votre avis*",
                                         "deja un comentario*",
                                         "dejar un comentario*",
                                         "deja una respuesta*",
                                         "comentarios",
                                         "deje su comentario*",
                                         "comentários",
                                         "deixe um comentário*",
                                         "deixe seu comentário*",
                                         "comente",
                                         "lascia un commento*",
                                         "commenti",
                                         "scrivi un commento*"};

constexpr std::string_view kLogin[] = {"create account",
                                       "create an account*",
                                       "create your account*",
                                       "create a password*",
                                       "forgot password*",
                                       "forgot your password*",
                                       "log in",
                                       "login",
                                       "log in with*",
                                       "log in to your account*",
                                       "log into your account*",
                                       "lost your password*",
                                       "my account",
                                       "password",
                                       "password recovery*",
                                       "recover your password*",
                                       "register",
                                       "register now",
                                       "remember me",
                                       "sign in",
                                       "sign in now",
                                       "sign in with*",
                                       "sign in to your account*",
                                       "sign in / join",
                                       "sign up",
                                       "sign out",
                                       "log out",
                                       "logout",
                                       "sign up with*",
                                       "welcome! log into your account",
                                       "your username",
                                       "your password",
                                       "a password will be e-mailed to you*",
                                       "a password will be emailed to you*",
                                       "anmelden",
                                       "einloggen",
                                       "jetzt anmelden",
                                       "registrieren",
                                       "passwort vergessen*",
                                       "se connecter",
                                       "connexion",
                                       "mot de passe oublié*",
                                       "créer un compte*",
                                       "iniciar sesión*",
                                       "inicia sesión*",
                                       "crear cuenta*",
                                       "¿olvidaste tu contraseña*",
                                       "fazer login",
                                       "entrar",
                                       "criar conta*",
                                       "esqueceu a senha*",
                                       "accedi",
                                       "registrati",
                                       "password dimenticata*"};

constexpr std::string_view kCookie[] = {"accept all*",
                                        "accept cookies",
                                        "accept and continue",
                                        "agree and continue",
                                        "allow all cookies",
                                        "cookie policy",
                                        "cookie settings",
                                        "cookies settings",
                                        "cookie preferences",
                                        "cookies policy",
                                        "manage cookies",
                                        "manage consent*",
                                        "manage preferences",
                                        "reject all",
                                        "this site uses cookies*",
                                        "this website uses cookies*",
                                        "to give you the best*cookies*",
                                        "we and our partners*",
                                        "we use cookies*",
                                        "by continuing to use*cookies*",
                                        "by using this site*cookies*",
                                        "do not sell my*",
                                        "privacy policy*terms*",
                                        "privacy policy",
                                        "privacy notice",
                                        "terms of service",
                                        "terms of use",
                                        "terms & conditions",
                                        "terms and conditions",
                                        "your privacy choices",
                                        "your california privacy rights",
                                        "alle akzeptieren",
                                        "wir verwenden cookies*",
                                        "diese website verwendet cookies*",
                                        "diese webseite verwendet cookies*",
                                        "datenschutz",
                                        "datenschutzerklärung",
                                        "impressum",
                                        "tout accepter",
                                        "accepter et continuer",
                                        "nous utilisons des cookies*",
                                        "ce site utilise des cookies*",
                                        "politique de confidentialité",
                                        "mentions légales",
                                        "aceptar cookies",
                                        "aceptar todo",
                                        "utilizamos cookies*",
                                        "este sitio web utiliza cookies*",
                                        "este sitio utiliza cookies*",
                                        "política de privacidad",
                                        "política de cookies",
                                        "aviso legal",
                                        "aceitar cookies",
                                        "este site usa cookies*",
                                        "este site utiliza cookies*",
                                        "usamos cookies*",
                                        "política de privacidade",
                                        "accetta tutti",
                                        "utilizziamo i cookie*",
                                        "questo sito utilizza*cookie*",
                                        "questo sito usa*cookie*",
                                        "informativa sulla privacy"};

constexpr std::string_view kShareWords[] = {
    "share",        "shares",      "sharing",   "tweet",    "facebook",  "twitter",   "pinterest", "whatsapp",
    "email",        "e-mail",      "mail",      "print",    "reddit",    "telegram",  "pocket",    "linkedin",
    "flipboard",    "tumblr",      "messenger", "viber",    "copy",      "link",      "copied",    "copied!",
    "url",          "x",           "threads",   "bluesky",  "mastodon",  "instagram", "youtube",   "google+",
    "google",       "plus",        "post",      "pin",      "pinit",     "save",      "bookmark",  "like",
    "icon",         "teilen",      "twittern",  "drucken",  "partager",  "imprimer",  "compartir", "imprimir",
    "compartilhar", "compartilhe", "condividi", "stampa",   "partilhar", "line",      "sms",       "xing",
    "feedly",       "mix",         "vk",        "snapchat", "tiktok"};
constexpr std::string_view kLinkWords[] = {
    "this", "article", "story", "on",  "via", "to",  "with", "by",      "the",       "or", "all", "options",
    "page", "in",      "a",     "for", "of",  "and", "&",    "-",       "|",         "*",  "/",   "sur",
    "auf",  "en",      "per",   "con", "por", "em",  "su",   "artikel", "l'article", "cet"};
constexpr std::string_view kSharePatterns[] = {"share",
                                               "tweet",
                                               "print",
                                               "share this*",
                                               "share on*",
                                               "share via*",
                                               "share the*story",
                                               "share all sharing options*",
                                               "share article",
                                               "click to share on*",
                                               "click to print*",
                                               "click to email*",
                                               "email this*",
                                               "print this*",
                                               "read or share this story*",
                                               "listen to article*share*",
                                               "copy link",
                                               "link copied*",
                                               "copy link to clipboard",
                                               "share with friends",
                                               "send to a friend",
                                               "sharing options",
                                               "view on facebook*",
                                               "email to a friend",
                                               "print article",
                                               "teilen",
                                               "artikel teilen",
                                               "auf facebook teilen",
                                               "per e-mail teilen",
                                               "partager",
                                               "partager sur*",
                                               "partager l'article*",
                                               "partagez*article*",
                                               "compartir",
                                               "compartir en*",
                                               "comparte esta*",
                                               "compartilhar",
                                               "compartilhe*",
                                               "condividi",
                                               "condividi su*",
                                               "condividi questo*",
                                               "condividi l'articolo"};

// At least two ways to share and nothing else: "Share Tweet Post Email", "Facebook Twitter WhatsApp".
bool IsShareBar(const ShortLine& line) {
  size_t ways = 0;
  std::string_view rest = line.folded;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(' '), rest.size());
    std::string_view word = rest.substr(0, end);
    while (word.ends_with(',') || word.ends_with(':'))
      word.remove_suffix(1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (std::find(std::begin(kShareWords), std::end(kShareWords), word) != std::end(kShareWords)) {
      ++ways;
    } else if (std::find(std::begin(kLinkWords), std::end(kLinkWords), word) == std::end(kLinkWords)) {
      return false;
    }
  }
  return ways >= 2;
}

constexpr std::string_view kCounted[] = {"fanslike",
                                         "followersfollow",
                                         "subscriberssubscribe",
                                         "fans like",
                                         "followers follow",
                                         "subscribers subscribe",
                                         "fans",
                                         "followers",
                                         "subscribers",
                                         "comments",
                                         "comment",
                                         "shares",
                                         "share",
                                         "views",
                                         "view",
                                         "likes",
                                         "like",
                                         "reads",
                                         "retweets",
                                         "reactions",
                                         "min read",
                                         "minute read",
                                         "minutes read",
                                         "mins read",
                                         "min. read",
                                         "min reading time",
                                         "minutes to read",
                                         "kommentare",
                                         "kommentar",
                                         "aufrufe",
                                         "min. lesezeit",
                                         "min lesezeit",
                                         "commentaires",
                                         "partages",
                                         "vues",
                                         "min de lecture",
                                         "min de lectura",
                                         "comentarios",
                                         "comentários",
                                         "compartilhamentos",
                                         "visualizações",
                                         "min de leitura",
                                         "commenti",
                                         "condivisioni",
                                         "min di lettura"};

bool IsCounted(std::string_view rest) {
  return std::find(std::begin(kCounted), std::end(kCounted), rest) != std::end(kCounted);
}

// "0FansLike", "1,204 Shares", "3.4k views", "5 min read", "Read time: 4 minutes".
bool IsCounter(const ShortLine& line) {
  std::string_view rest = line.folded;
  for (const std::string_view lead :
       {"reading time: ", "read time: ", "estimated reading time: ", "lesezeit: ", "lesedauer: ", "temps de lecture : ",
        "temps de lecture: ", "tiempo de lectura: ", "tempo de leitura: ", "tempo di lettura: "}) {
    if (rest.starts_with(lead) && rest.size() > lead.size() && absl::ascii_isdigit(rest[lead.size()])) return true;
  }
  size_t digits = 0;
  while (digits < rest.size() && (absl::ascii_isdigit(rest[digits]) || rest[digits] == ',' || rest[digits] == '.'))
    ++digits;
  if (digits == 0) return false;
  rest.remove_prefix(digits);
  const bool has_scale = rest.starts_with("k ") || rest.starts_with("m ");
  if (has_scale) rest.remove_prefix(1);
  while (rest.starts_with(' ') || rest.starts_with('-'))
    rest.remove_prefix(1);
  return IsCounted(rest);
}

constexpr std::array<LineRule, 5> kRules = {{
    {{"share", "A bar or line of buttons for sharing and printing is cut."}, 140, kSharePatterns, IsShareBar},
    {{"comment", "Comment forms, and calls for comments at the end of the text, are cut."}, 220, kComment},
    {{"login", "A line of a form for logging in or registering is cut."}, 70, kLogin},
    {{"cookie", "A notice about cookies or privacy is cut."}, 400, kCookie},
    {{"counter", "A count of shares, comments, followers or minutes of reading is cut."}, 48, {}, IsCounter},
}};

}  // namespace

std::span<const LineRule> ReaderRules() {
  return kRules;
}

}  // namespace broadsheet::ingest
