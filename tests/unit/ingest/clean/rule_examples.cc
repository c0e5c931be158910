#include "unit/ingest/clean/rule_examples.h"

namespace broadsheet::ingest {

const std::string kAbove =
    "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry has to go "
    "before "
    "the winter storms begin, since its engine is beyond repair.";
const std::string kBelow =
    "The mayor said afterwards that a new boat would be built in Birch for three million, and that the town would have "
    "to pay for the pier on its own whatever the county decides.";

std::string Between(std::string_view lines) {
  return kAbove + "\n\n" + std::string(lines) + (lines.empty() ? "" : "\n\n") + kBelow;
}

std::vector<RuleExample> CharacterExamples() {
  return {
      {"utf-8", "caf\xE9 ol\xE9", "caf\xEF\xBF\xBD ol\xEF\xBF\xBD"},
      {"entity", "Smith &amp; Sons &#8211; AT&T", "Smith & Sons – AT&T"},
      {"mojibake", "The mayorâ€™s cafÃ© is shut", "The mayor’s café is shut"},
      {"mojibake", "The mayorÃ¢â‚¬â„¢s cafÃƒÂ© is shut", "The mayor’s café is shut"},
      {"mojibake", "Der BÃ¼rgermeister sagte â€žneinâ€œ", "Der Bürgermeister sagte „nein“"},
      {"newline", "One line.\r\n\r\nAnother line.", "One line.\n\nAnother line."},
      {"control", "bell\x07 rings", "bell rings"},
      {"zero-width", "in\xC2\xADvisible", "invisible"},
      {"nfc", "Cafe\xCC\x81", "Café"},
      {"tag", "The <b>old</b> ferry<br/>goes", "The old ferry\n\ngoes"},
      {"tag", "Old<!-- teaser --> ferry", "Old ferry"},
      {"markdown", "The [old ferry](https://alder.example/ferry) goes", "The old ferry goes"},
      {"markdown", "The **old ferry** goes", "The old ferry goes"},
      {"paragraph", "One thing.\nAnother thing.", "One thing.\n\nAnother thing."},
      {"whitespace", "two  blanks ", "two blanks"},
  };
}

std::vector<RuleExample> LineExamples() {
  std::vector<RuleExample> examples;
  const auto cut = [&examples](std::string_view rule, std::initializer_list<const char*> lines) {
    for (const char* line : lines)
      examples.push_back({rule, Between(line), Between("")});
  };
  cut("advertisement", {"- Advertisement -", "ADVERTISEMENT", "Story continues below advertisement", "Anzeige",
                        "Publicité", "Publicidad", "Continua após a publicidade", "La suite après la publicité",
                        "- Advertisement -spot_img", "Sponsored by Alder Boats"});
  cut("newsletter",
      {"Sign up for our daily newsletter", "Get the harbour news delivered to your inbox every morning.",
       "By signing up, you agree to our privacy policy.", "Melden Sie sich für unseren Newsletter an",
       "Inscrivez-vous à notre newsletter", "Recibe las noticias en tu correo", "Iscriviti alla nostra newsletter"});
  cut("subscription", {"Subscribe to continue reading", "You have 2 free articles left this month.",
                       "Already a subscriber? Log in", "Cet article est réservé aux abonnés",
                       "Contenido exclusivo para suscriptores", "Dieser Artikel ist nur für Abonnenten verfügbar"});
  cut("follow", {"Follow us on Twitter @alderpost.", "Click here to get the Alder Post app",
                 "Folgen Sie uns auf Facebook", "Suivez-nous sur Instagram", "Síguenos en Twitter"});
  cut("share", {"Share this article", "Share Tweet Post Email", "Facebook Twitter WhatsApp", "Artikel teilen",
                "Partager sur Facebook", "Compartir en Twitter"});
  cut("comment",
      {"LEAVE A REPLY", "Please enter your comment!", "What are your thoughts on the ferry? Share your comments below.",
       "Schreiben Sie einen Kommentar", "Laisser un commentaire", "Deja un comentario", "Deixe um comentário"});
  cut("login", {"Log in with your account", "Forgot your password?", "Passwort vergessen?", "Mot de passe oublié ?"});
  cut("cookie",
      {"We use cookies to give you the best service. Learn what we store.", "Accept all cookies",
       "Wir verwenden Cookies, um unsere Seite zu verbessern.", "Utilizamos cookies para mejorar la página."});
  cut("counter", {"0FansLike", "12 Comments", "3.4k views", "5 min read", "1,204 Shares", "Reading time: 4 minutes",
                  "3 Min. Lesezeit"});
  cut("player", {"[pullquote]", "Slideshow (2 images)", "Media playback is unsupported on your device",
                 "Listen to this article 3:01", "Bildergalerie"});
  cut("caption",
      {"The old ferry at its pier. Photo by Ann Writer/Getty Images", "The ferry in June. (AP Photo/Ann Writer)",
       "FILE PHOTO: The ferry leaves Port Alder, June 2, 2025. REUTERS/Ann Writer/File Photo",
       "Image copyright Alder Post", "Enlarge this image toggle caption Ann Writer/AP Ann Writer/AP",
       "Foto: Ann Writer/dpa", "The ferry at night. Ann Writer/AFP via Getty Images", "Crédit photo : Ann Writer"});
  cut("link",
      {"Read more: Why the pier is rotten", "RELATED: The ferry in pictures", "( PHOTOS: Ten ferries that sank)",
       "Click here for more on the ferry.", "Lesen Sie auch: Die alte Fähre", "Lire aussi : Le vieux ferry",
       "Lea también: El viejo ferry", "Leia também: A velha balsa", "Leggi anche: Il vecchio traghetto"});
  cut("breadcrumb", {"Home > News > Harbour", "Home / World / Europe", "Startseite › Nachrichten › Hafen"});
  cut("copyright", {"© 2025 Alder Post. All rights reserved.", "Copyright © 2025 The Alder Post, LLC.",
                    "Alle Rechte vorbehalten", "Tous droits réservés", "Riproduzione riservata"});
  cut("generator",
      {"If you’d like, I can also help you turn this into a list. Let me know!",
       "Certainly! Here is the rewritten article:", "As an AI language model, I cannot confirm these figures.",
       "Wenn du möchtest, kann ich den Text auch kürzen."});
  cut("tip", {"Pro Tip: Compare the prices of ferries before you buy one of them."});
  cut("page", {"This article is more than 2 years old", "Send tips to ann@alder.example.",
               "Contact us at post@alder.example."});
  cut("separator", {"___", "* * *", "• • •", "–", "..."});
  examples.push_back({"weather", "18.5 C\n\n10:45 AM\n\n" + kAbove, kAbove});
  examples.push_back({"weather", "Partly cloudy, 72°F\n\n" + kAbove, kAbove});
  return examples;
}

std::vector<RuleExample> BlockExamples() {
  return {
      {"list-mark", "Costs:\n• Boat\n• Pier", "Costs:\n\n- Boat\n- Pier"},
      {"list-mark", "-\nWho pays?\nThe town.\n-\nWhen?\nIn June.", "- Who pays?\n\nThe town.\n\n- When?\n\nIn June."},
      {"table-row", "| Year | Cost |\n|---|---|\n| 2024 | 3 |", "Year | Cost\n2024 | 3"},
      {"table-rule", "Year | Cost |\n---|---|\n2024 | 3 |", "Year | Cost\n2024 | 3"},
      {"table-double", "Boat | Cost |\n---|---|\nOld | 3 |\nNew | 4 |\nOld | 3 |", "Boat | Cost\nOld | 3\nNew | 4"},
      {"table-broken", "Boat | Cost |\n---|---|\nOld | 3 |\nNew | Boat | Cost |\nNew | 4 |",
       "Boat | Cost\nOld | 3\nNew | 4"},
      {"related", Between("") + "\n\nRelated Articles\n\nFerry sold at last\n\nPier to be mended", Between("")},
      {"related", Between("Most read\nFerry sold at last\nPier to be mended\n\nWhat comes next"),
       Between("What comes next")},
      {"related", Between("") + "\n\nDas könnte Sie auch interessieren\n\nDie alte Fähre", Between("")},
      {"comments", Between("") + "\n\nComments\n\nAnn W.\n\nGood riddance", Between("")},
      {"repeat", kAbove + "\n\n" + kBelow + "\n\n" + kAbove, kAbove + "\n\n" + kBelow},
      {"main-block",
       "Skip to content\nHome\nNews\nHarbour\nSports\nOpinion\nWeather\nTides\nFerries\nJobs\nCars\nHomes\nLog in\n"
       "Subscribe\nNewsletters\nSearch\n" +
           kAbove + "\n" + kBelow +
           "\nMost read\nTen islands for the summer\nAbout us\nContact us\nAdvertise\nPrivacy policy\nTerms of "
           "use\nCareers",
       Between("")},
  };
}

std::vector<RuleExample> PunctuationExamples() {
  return {
      {"glued", "Smith,during the talks in Alder,said nothing.Jones left.",
       "Smith, during the talks in Alder, said nothing. Jones left."},
      {"doubled-mark", "The boat,, she said, is “gone.”.", "The boat, she said, is “gone.”"},
      {"doubled-mark", "The boat is gone.. The pier stays.", "The boat is gone. The pier stays."},
      {"space-before-mark", "About 2% , he said , is enough .", "About 2%, he said, is enough."},
      {"quote-space", "They called it“Old” and“Rotten” again.", "They called it “Old” and “Rotten” again."},
      {"quote-space", "“Never,”he said.", "“Never,” he said."},
      {"quote-pair", "``Never,'' he said; ‘‘never’’.", "“Never,'' he said; “never”."},
  };
}

std::vector<RuleCounterexample> Counterexamples() {
  return {
      {"utf-8", "café"},
      {"entity", "AT&T and R&D; both"},
      {"mojibake", "NÃO, disse. À côté, „Ä“ und Öl; Ärger"},
      {"newline", "One.\n\nTwo."},
      {"control", "a\tb"},
      {"zero-width", "👩\xE2\x80\x8D🚒 at work"},
      {"nfc", "Café"},
      {"tag", "if a < b and c > d, <name> wins"},
      {"markdown", "He [the mayor] (aged 50) said **** or 2 ** 3"},
      {"paragraph", "One.\n\nTwo."},
      {"whitespace", "one blank"},
      {"advertisement", Between("Advertising sales fell at the Alder Post")},
      {"advertisement", Between("“Advertisement”")},
      {"newsletter", Between("The newsletter that Smith sends to sailors has four readers.")},
      {"newsletter", Between("“Sign up for our newsletter,” the sign on the pier says.")},
      {"subscription", Between("Subscribers of the ferry get a seat in winter.")},
      {"follow", Between("Follow the money, the board was told on Tuesday.")},
      {"share", Between("Share prices of ferry builders")},
      {"share", Between("Facebook and the harbour")},
      {"comment", Between("Comment was not to be had from the board")},
      {"login", Between("Log in the harbour sinks a boat")},
      {"cookie", Between("“We use cookies,” the baker said.")},
      {"counter", Between("12 boats")},
      {"counter", Between("5 shares of the ferry were sold.")},
      {"player", Between("Listen to the sea")},
      {"caption", Between("The photo was taken by Ann Writer of Getty Images, the court heard.")},
      {"caption", Between("He sold the picture to Reuters")},
      {"link", Between("Read more books, the mayor told the children.")},
      {"link", Between("More boats, fewer piers")},
      {"breadcrumb", Between("Home at last")},
      {"copyright", Between("Copyright law does not help the board.")},
      {"generator", Between("If you want to sail, go early.")},
      {"tip", Between("Pro sailors tip the boat.")},
      {"page", Between("Contact between the boats was lost.")},
      {"weather", Between("18.5 C")},
      {"separator", Between("1 * 2")},
      {"list-mark", Between("- a list\n- of hyphens")},
      {"table-row", Between("Old ferry to go | Alder Post")},
      {"table-rule", Between("One | two\n-- | three")},
      {"table-double", "Boat | Cost |\n---|---|\nOld | 3 |\nNew | 3 |"},
      {"table-broken", "Boat | Cost |\n---|---|\nOld | 3 |\nNew | Boat |"},
      {"related", Between("Related to this is the question of who pays")},
      {"comments", Between("Comments")},
      {"repeat", Between("No.\n\nNo.")},
      {"repeat", Between("What would you have done in the place of the harbour board that night?\n\nSlept.\n\n"
                         "What would you have done in the place of the harbour board that night?\n\nRung the bell.")},
      {"repeat", Between("Three nights in a hut above the harbour, with breakfast and a bell\n\nNorth side.\n\n"
                         "Three nights in a hut above the harbour, with breakfast and a bell\n\nSouth side.")},
      {"main-block", Between("Log in\n\nPrivacy policy\n\nCareers")},
      {"glued",
       "See alder.example, a.Com, 1,000 or A,B; ask ann@alder.example,bob@alder.example. U.S.Senate. Yahoo!News"},
      {"doubled-mark", "Well... he said. “No.” And then.. nothing"},
      {"space-before-mark", "A .22 rifle, version .5 and . . . so on"},
      {"quote-space", "„So“ schrieb er das“Wort” hier; “news”letter"},
      {"quote-pair", "‘So’ and ’tis"},
  };
}

}  // namespace broadsheet::ingest
