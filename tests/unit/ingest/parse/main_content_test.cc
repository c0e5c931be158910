#include "ingest/parse/main_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ingest/parse/html.h"

namespace broadsheet::ingest {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kLong1 =
    "The harbour of Alder will be closed for three weeks, because the old crane has to be taken down before winter.";
constexpr std::string_view kLong2 =
    "Boats that carry mail and bread go to Birch instead, the harbour office said on Monday, and buses run every hour.";
constexpr std::string_view kLong3 =
    "Nobody was hurt when the crane leaned over, but two fishing boats lost their masts and one sank at its place.";

std::string P(std::string_view text) {
  return absl::StrCat("<p>", absl::string_view(text.data(), text.size()), "</p>");
}

std::string Page(const std::string& body) {
  return absl::StrCat("<!DOCTYPE html><html><head><title>Crane goes | Alder Post</title></head><body>", body,
                      "</body></html>");
}

std::string Text(const std::string& html) {
  absl::StatusOr<MarkupText> read = ReadHtml(html);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? read->text : "";
}

std::string Join(std::initializer_list<std::string_view> paragraphs) {
  std::string text;
  for (const std::string_view paragraph : paragraphs)
    absl::StrAppend(&text, text.empty() ? "" : "\n\n", absl::string_view(paragraph.data(), paragraph.size()));
  return text;
}

constexpr std::string_view kAround =
    "<div class='site-nav'><ul><li><a href=/a>Home</a></li><li><a href=/b>Sports</a></li><li><a "
    "href=/c>Weather</a></li>"
    "</ul></div>";
constexpr std::string_view kBelow =
    "<div class='related-articles'><h3>Read also</h3><ul><li><a href=/1>Birch bakes the longest bread of the coast</a>"
    "</li><li><a href=/2>Why the ferry to Cedar is late again and again</a></li></ul></div><div id=comments><p>Great "
    "article, I have always said that this crane would fall one day, and now it did.</p></div><footer><p>Copyright "
    "Alder "
    "Post, all rights are reserved by the owners of the paper.</p></footer>";

std::string Framed(const std::string& article) {
  return Page(absl::StrCat(absl::string_view(kAround.data(), kAround.size()), article,
                           absl::string_view(kBelow.data(), kBelow.size())));
}

TEST(MainContentTest, LeavesNavigationRelatedArticlesCommentsAndFootersOut) {
  EXPECT_EQ(Text(Framed("<article><h1>Crane goes</h1>" + P(kLong1) + P(kLong2) + P(kLong3) + "</article>")),
            Join({kLong1, kLong2, kLong3}));
}

TEST(MainContentTest, FindsTheTextWithoutAnyNameThatHelps) {
  EXPECT_EQ(
      Text(Page("<div><a href=/a>Home</a> <a href=/b>Sports</a></div><div><div>" + P(kLong1) + P(kLong2) + P(kLong3) +
                "</div><div><a href=/1>One more story</a><a href=/2>Another story of today</a></div></div>")),
      Join({kLong1, kLong2, kLong3}));
}

TEST(MainContentTest, KeepsHeadingsListsQuotesAndTables) {
  const std::string text = Text(Framed(
      "<article>" + P(kLong1) + "<h2>What happens next</h2>" + P(kLong2) +
      "<ul><li>Monday: the crane</li><li></li><li>Tuesday: the rails</li></ul><ol><li>First</li><li>Then</li></ol>"
      "<blockquote><p>We will miss the old crane, said the master of the harbour.</p></blockquote>"
      "<table><tr><th>Port</th><th>Boats</th></tr><tr><td>Alder</td><td>7</td></tr></table>" +
      P(kLong3) + "</article>"));
  EXPECT_EQ(text,
            Join({kLong1, "What happens next", kLong2, "- Monday: the crane\n- Tuesday: the rails", "1. First\n2. Then",
                  "We will miss the old crane, said the master of the harbour.", "Port | Boats\nAlder | 7", kLong3}));
}

TEST(MainContentTest, KeepsQuestionsWithTheirAnswers) {
  const std::string text =
      Text(Framed("<article>" + P(kLong1) + "<dl><dt>Will the ferry run?</dt><dd>" + std::string(kLong2) +
                  "</dd><dt>Who pays?</dt><dd>" + std::string(kLong3) + "</dd></dl></article>"));
  EXPECT_EQ(
      text,
      Join({kLong1, absl::StrCat("Will the ferry run?\n", std::string(kLong2), "\nWho pays?\n", std::string(kLong3))}));
}

TEST(MainContentTest, KeepsQuestionsThatAreButtonsOfHeadings) {
  EXPECT_EQ(Text(Framed("<article>" + P(kLong1) + "<h3><button>Will the ferry run?</button></h3>" + P(kLong2) +
                        "<button>Subscribe</button></article>")),
            Join({kLong1, "Will the ferry run?", kLong2}));
}

TEST(MainContentTest, ReadsPagesLaidOutInTables) {
  EXPECT_EQ(Text(Page("<table><tr><td><a href=/a>Home</a><br><a href=/b>Sports</a></td><td>" + P(kLong1) + P(kLong2) +
                      "<table><tr><td>Alder</td><td>7</td></tr></table>" + P(kLong3) + "</td></tr></table>")),
            Join({kLong1, kLong2, "Alder | 7", kLong3}));
}

TEST(MainContentTest, JoinsParagraphsThatAdvertisementsTearApart) {
  EXPECT_EQ(Text(Framed("<main><div>" + P(kLong1) +
                        "</div><div class='ad-slot'><p>Advertisement: buy two boats and get an "
                        "oar for nothing, only this week.</p></div><div>" +
                        P(kLong2) + "</div><div>" + P(kLong3) + "</div></main>")),
            Join({kLong1, kLong2, kLong3}));
}

TEST(MainContentTest, DropsWhatStandsBeforeAndAfterTheRunningText) {
  EXPECT_EQ(Text(Framed("<article><div>Harbour</div><h1>Crane goes</h1><div>June 21, 2025</div><div>3 min</div>" +
                        P(kLong1) + P(kLong2) + "<h3>Top stories</h3><div>More of today</div></article>")),
            Join({kLong1, kLong2}));
}

TEST(MainContentTest, DropsCaptionsOfPictures) {
  EXPECT_EQ(Text(Framed("<article>" + P(kLong1) +
                        "<figure><img src=x><figcaption>The crane, seen from the sea on Monday, with "
                        "its long arm. Photo: A. Writer</figcaption></figure>" +
                        P(kLong2) + "</article>")),
            Join({kLong1, kLong2}));
}

TEST(MainContentTest, KeepsCaptionsWhereTheyAreTheArticle) {
  std::string gallery;
  for (const std::string_view caption : {kLong1, kLong2, kLong3}) {
    absl::StrAppend(&gallery, "<figure class=gallery-item><img src=x><figcaption>", std::string(caption),
                    "</figcaption></figure>");
  }
  EXPECT_EQ(Text(Framed("<div class=photo-gallery><h1>The crane in pictures</h1>" + gallery + "</div>")),
            Join({kLong1, kLong2, kLong3}));
}

TEST(MainContentTest, KeepsThePostsOfALiveBlog) {
  std::string posts;
  for (int hour = 9; hour < 15; ++hour) {
    absl::StrAppend(
        &posts, "<article class='live-post'><time>", hour, ":30</time><h2>Report of ", hour, " o'clock</h2>",
        P(absl::StrCat("At ", hour,
                       " o'clock the crane moved a little further, said the office, and then stood still.")),
        "</article>");
  }
  const std::string text =
      Text(Framed("<main><h1>Live: the crane</h1>" + P(kLong1) + "<div class=live-blog>" + posts + "</div></main>"));
  for (int hour = 9; hour < 15; ++hour) {
    EXPECT_THAT(text, HasSubstr(absl::StrCat("Report of ", hour, " o'clock\n\nAt ", hour, " o'clock the crane moved")))
        << hour;
  }
  EXPECT_THAT(text, HasSubstr(std::string(kLong1)));
  EXPECT_THAT(text, Not(HasSubstr("Great article")));
}

TEST(MainContentTest, TakesWhatAPaywallShows) {
  EXPECT_EQ(
      Text(Framed(
          "<article>" + P(kLong1) +
          "<div class='subscribe-wall'><h3>Read on for 1 crown</h3><p>Subscribe now and "
          "read everything, on all your devices, for as long as you like.</p><button>Buy</button></div></article>")),
      std::string(kLong1));
}

TEST(MainContentTest, TakesWhatAPaywallHidesInThePage) {
  EXPECT_EQ(Text(Framed("<article><div class=body>" + P(kLong1) + "<div style='display:none'>" + P(kLong2) + P(kLong3) +
                        P(kLong2) + "</div></div></article>")),
            Join({kLong1, kLong2, kLong3, kLong2}));
}

TEST(MainContentTest, ReadsAmpPages) {
  EXPECT_EQ(Text("<!doctype html><html amp lang=en><head><title>Crane</title></head><body><amp-sidebar><ul><li><a "
                 "href=/>Home</a></li></ul></amp-sidebar><article><h1>Crane goes</h1><amp-img src=x></amp-img>" +
                 P(kLong1) + "<amp-ad><div>Advertisement</div></amp-ad>" + P(kLong2) + "</article></body></html>"),
            Join({kLong1, kLong2}));
}

TEST(MainContentTest, ReadsPagesInScriptsWithoutSpacesOrLatinLetters) {
  const std::string japanese1 = "港の古いクレーンが撤去されるため、港は三週間閉鎖される。";
  const std::string japanese2 = "郵便を運ぶ船は隣の町に向かうと、港の事務所は月曜日に発表した。";
  EXPECT_EQ(Text(Page("<ul><li><a href=/>ホーム</a></li><li><a href=/s>スポーツ</a></li></ul><div>" + P(japanese1) +
                      P(japanese2) + "</div>")),
            Join({japanese1, japanese2}));
  const std::string arabic1 =
      "قالت إدارة الميناء يوم الاثنين إن الميناء سيغلق لمدة ثلاثة أسابيع، لأن الرافعة القديمة ستزال.";
  const std::string arabic2 = "وستتوجه السفن التي تنقل البريد والخبز إلى المدينة المجاورة، وتسير الحافلات كل ساعة.";
  EXPECT_EQ(Text(Page("<ul><li><a href=/>الرئيسية</a></li><li><a href=/s>رياضة</a></li></ul><div>" + P(arabic1) +
                      P(arabic2) + "</div>")),
            Join({arabic1, arabic2}));
}

TEST(MainContentTest, FindsNoArticleOnPagesOfNavigation) {
  std::string links;
  for (int i = 0; i < 40; ++i)
    absl::StrAppend(&links, "<li><a href=/", i, ">Story number ", i, " of the day in Alder and Birch</a></li>");
  EXPECT_EQ(Text(Page("<ul>" + links + "</ul>")), "");
  std::string teasers;
  for (int i = 0; i < 12; ++i) {
    absl::StrAppend(&teasers, "<div class=item><h3><a href=/", i, ">Story number ", i,
                    " of the day in Alder</a></h3><p>What ", "the harbour office says about story ", i,
                    ", in a few words.</p></div>");
  }
  EXPECT_EQ(Text(Page("<main>" + teasers + "</main>")), "");
  EXPECT_TRUE(ReadHtml(Page("<main>" + teasers + "</main>"))->lacks_article);
}

TEST(MainContentTest, TakesOneShortSentenceWhenThePageSaysThatItIsAnArticle) {
  const std::string body = "<p>The crane has fallen. More soon.</p>";
  EXPECT_EQ(Text(Page(body)), "");
  EXPECT_EQ(Text("<html><head><meta property='og:type' content='article'></head><body>" + body + "</body></html>"),
            "The crane has fallen. More soon.");
}

TEST(MainContentTest, KeepsAllOfAFragment) {
  EXPECT_EQ(Text("<p>Short.</p><p><a href=/x>A line that is a link</a></p><h3>End</h3>"),
            "Short.\n\nA line that is a link\n\nEnd");
  EXPECT_FALSE(ReadHtml("")->lacks_article);
}

TEST(MainContentTest, DoesNotBelieveNamesOnWhatHoldsTheWholeArticle) {
  EXPECT_EQ(Text(Page("<div class='sidebar-layout'><div id=comment-free>" + P(kLong1) + P(kLong2) + P(kLong3) +
                      "</div></div>")),
            Join({kLong1, kLong2, kLong3}));
}

TEST(MainContentTest, TakesTheTextOfJsonLdWhereScriptsBuildThePage) {
  const std::string body = absl::StrCat(std::string(kLong1), " ", std::string(kLong2), " ", std::string(kLong3));
  EXPECT_EQ(Text("<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + body +
                 "\"}</script></head><body><div id=root></div></body></html>"),
            body);
}

// Quadratic time would take minutes: the test's time limit would tell.
// Two paragraphs, again and again.
std::string Many(int times, std::string_view one, std::string_view other) {
  std::string paragraphs;
  for (int i = 0; i < times; ++i)
    absl::StrAppend(&paragraphs, P(one), P(other));
  return paragraphs;
}

TEST(MainContentTest, FindsTheArticleInsideAMenuThatWasNeverClosed) {
  const std::string article = absl::StrCat("<article>", Many(5, kLong1, kLong2), "</article>");
  EXPECT_THAT(Text(Page("<nav><ul><li><a href=/a>Home</a><li>" + article)), HasSubstr(Join({kLong1, kLong2, kLong1})));
  const std::string menu =
      absl::StrCat("<nav>", Many(5, kLong1, kLong1), "</nav><div>", P(kLong2), P(kLong3), "</div>");
  EXPECT_EQ(Text(Page(menu)), Join({kLong2, kLong3})) << "a page with an article is not searched further";
}

TEST(MainContentTest, FindsTheArticleThatIsThereForBrowsersWithoutScripts) {
  EXPECT_THAT(Text(Page("<div><noscript>" + Many(5, kLong1, kLong2) + "</noscript></div>")),
              HasSubstr(Join({kLong1, kLong2, kLong1})));
}

TEST(MainContentTest, LeavesCommentsOutThatAreLongerThanTheArticle) {
  const std::string comments = "<div id=comments>" + Many(20, kLong3, kLong3) + "</div>";
  const std::string text = Text(Page("<div class=text>" + Many(8, kLong1, kLong2) + "</div>" + comments));
  EXPECT_THAT(text, HasSubstr(std::string(kLong2)));
  EXPECT_THAT(text, Not(HasSubstr(std::string(kLong3))));
}

TEST(MainContentTest, KeepsAPostThatBearsTheNameOfItsAuthor) {
  std::string others;
  for (int i = 0; i < 40; ++i)
    others += "<section>" + P(kLong3) + "</section>";
  EXPECT_THAT(Text(Page("<article class='entry author-ann'>" + Many(8, kLong1, kLong2) + "</article>" + others)),
              HasSubstr(std::string(kLong2)));
}

TEST(MainContentTest, TakesLinearTimeOnHostilePages) {
  std::string deep = "<html>";
  for (int i = 0; i < 4000; ++i) {
    for (int level = 0; level < 60; ++level)
      deep += "<div class=a>";
    deep += "x,";
    for (int level = 0; level < 60; ++level)
      deep += "</div>";
    if (deep.size() > 1'900'000) break;
  }
  EXPECT_TRUE(ReadHtml(deep).ok());
  std::string wide = "<html><ul>";
  while (wide.size() < 1'900'000)
    wide += "<li><a href=x>y</a><p>";
  EXPECT_TRUE(ReadHtml(wide).ok());
  std::string classes = "<html><p class='";
  while (classes.size() < 1'900'000)
    classes += "related-";
  EXPECT_TRUE(ReadHtml(classes + "'>text").ok());
}

}  // namespace
}  // namespace broadsheet::ingest
