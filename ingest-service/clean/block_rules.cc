#include "ingest/clean/block_rules.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "ingest/clean/fold.h"
#include "ingest/clean/line.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kBlocks[] = {
    {"related", "A heading over links to other articles, and the headlines under it, are cut."},
    {"comments", "What stands under the heading of the comments at the end of the text is cut."}};
constexpr CleaningRule kRepeats[] = {
    {"repeat", "A paragraph that the text has had already is cut, but no question and no heading."}};

constexpr size_t kLongestHeadline = 150;  // bytes
constexpr size_t kMostHeadlines = 12;
constexpr size_t kShortestRepeat = 60;  // bytes

constexpr std::string_view kRelated[] = {"related",
                                         "related articles",
                                         "related article",
                                         "related stories",
                                         "related story",
                                         "related news",
                                         "related posts",
                                         "related content",
                                         "related coverage",
                                         "related links",
                                         "related reading",
                                         "related topics",
                                         "related video",
                                         "related videos",
                                         "related items",
                                         "related internet links",
                                         "latest articles",
                                         "latest news",
                                         "latest posts",
                                         "latest stories",
                                         "latest headlines",
                                         "latest video",
                                         "latest videos",
                                         "most popular",
                                         "most popular articles",
                                         "most read",
                                         "most read articles",
                                         "most read stories",
                                         "most viewed",
                                         "most shared",
                                         "most commented",
                                         "most recent",
                                         "most watched",
                                         "popular",
                                         "popular articles",
                                         "popular now",
                                         "popular posts",
                                         "popular stories",
                                         "popular news",
                                         "recent posts",
                                         "recent articles",
                                         "recent news",
                                         "recent stories",
                                         "recommended",
                                         "recommended for you",
                                         "recommended articles",
                                         "recommended reading",
                                         "recommended stories",
                                         "recommended videos",
                                         "top stories",
                                         "top news",
                                         "top posts",
                                         "top headlines",
                                         "today's top stories",
                                         "trending",
                                         "trending now",
                                         "trending stories",
                                         "trending articles",
                                         "trending news",
                                         "trending topics",
                                         "trending videos",
                                         "what to read next",
                                         "what others are reading",
                                         "you may also like",
                                         "you may like",
                                         "you might also like",
                                         "you might also be interested in",
                                         "you may be interested in",
                                         "you might like",
                                         "you may have missed",
                                         "also on the web",
                                         "around the web",
                                         "from around the web",
                                         "from the web",
                                         "from our partners",
                                         "don't miss",
                                         "don't miss these",
                                         "editor's picks",
                                         "editors' picks",
                                         "editor picks",
                                         "editor's choice",
                                         "featured",
                                         "featured articles",
                                         "featured stories",
                                         "featured posts",
                                         "featured videos",
                                         "further reading",
                                         "in case you missed it",
                                         "keep reading",
                                         "more articles",
                                         "more from this author",
                                         "more headlines",
                                         "more news",
                                         "more on this",
                                         "more on this story",
                                         "more on this topic",
                                         "more posts",
                                         "more stories",
                                         "more to read",
                                         "more to explore",
                                         "more videos",
                                         "more top stories",
                                         "must read",
                                         "must reads",
                                         "must-read stories",
                                         "next read",
                                         "other stories",
                                         "other news",
                                         "read also",
                                         "read more",
                                         "read next",
                                         "see also",
                                         "similar articles",
                                         "similar news",
                                         "suggested for you",
                                         "up next",
                                         "watch next",
                                         "we recommend",
                                         "on this topic",
                                         "breaking news",
                                         "elsewhere on the bbc",
                                         "more on this...",
                                         "meistgelesen",
                                         "meistgelesene artikel",
                                         "am meisten gelesen",
                                         "das könnte sie auch interessieren",
                                         "das könnte dich auch interessieren",
                                         "mehr zum thema",
                                         "zum thema",
                                         "weitere artikel",
                                         "weitere nachrichten",
                                         "weitere themen",
                                         "neueste artikel",
                                         "neueste nachrichten",
                                         "auch interessant",
                                         "beliebte artikel",
                                         "ähnliche artikel",
                                         "verwandte artikel",
                                         "passend zum thema",
                                         "top-themen",
                                         "empfohlen",
                                         "à lire aussi",
                                         "lire aussi",
                                         "à lire également",
                                         "articles liés",
                                         "articles similaires",
                                         "articles récents",
                                         "les plus lus",
                                         "les plus lues",
                                         "le plus lu",
                                         "sur le même sujet",
                                         "sur le même thème",
                                         "dans la même rubrique",
                                         "vous aimerez aussi",
                                         "à voir aussi",
                                         "à découvrir",
                                         "nos recommandations",
                                         "les articles les plus lus",
                                         "dernières actualités",
                                         "derniers articles",
                                         "lo más leído",
                                         "lo más visto",
                                         "lo último",
                                         "los más leídos",
                                         "más leídas",
                                         "más leídos",
                                         "más noticias",
                                         "más vistas",
                                         "más sobre este tema",
                                         "noticias relacionadas",
                                         "artículos relacionados",
                                         "temas relacionados",
                                         "te puede interesar",
                                         "le puede interesar",
                                         "también te puede interesar",
                                         "te recomendamos",
                                         "recomendados",
                                         "últimas noticias",
                                         "relacionadas",
                                         "relacionados",
                                         "mais lidas",
                                         "as mais lidas",
                                         "mais lidos",
                                         "mais notícias",
                                         "mais vistas",
                                         "notícias relacionadas",
                                         "artigos relacionados",
                                         "veja também",
                                         "leia também",
                                         "leia mais",
                                         "últimas notícias",
                                         "recomendadas para você",
                                         "você também pode gostar",
                                         "saiba mais",
                                         "destaques",
                                         "più letti",
                                         "i più letti",
                                         "articoli più letti",
                                         "articoli correlati",
                                         "notizie correlate",
                                         "leggi anche",
                                         "ti potrebbe interessare",
                                         "potrebbe interessarti",
                                         "potrebbe interessarti anche",
                                         "ultime notizie",
                                         "altre notizie",
                                         "da non perdere",
                                         "ultimi articoli",
                                         "consigliati"};

constexpr std::string_view kComments[] = {"comments",
                                          "comment",
                                          "leave a comment",
                                          "leave a reply",
                                          "post a comment",
                                          "add a comment",
                                          "join the conversation",
                                          "reader comments",
                                          "view comments",
                                          "0 comments",
                                          "kommentare",
                                          "kommentar schreiben",
                                          "schreiben sie einen kommentar",
                                          "commentaires",
                                          "laisser un commentaire",
                                          "comentarios",
                                          "deja un comentario",
                                          "deja una respuesta",
                                          "comentários",
                                          "deixe um comentário",
                                          "commenti",
                                          "lascia un commento"};

using Phrases = absl::flat_hash_set<std::string_view>;

// Questions are put to several people, and sections may bear one heading: what stands under them differs.
bool MayRepeat(std::string_view line) {
  if (line.size() < kShortestRepeat || IsTableRow(line) || IsQuestion(line)) return false;
  return EndsSentence(line) || line.size() > kLongestHeadline;
}

class Blocks {
 public:
  explicit Blocks(std::string_view text) : text_(text), lines_(FindLines(text)), last_(lines_.size()) {
    while (last_ > 0 && !IsRunning(last_ - 1))
      --last_;
  }

  std::vector<Change> Find() const {
    static const auto* const kRelatedSet = new Phrases(std::begin(kRelated), std::end(kRelated));
    static const auto* const kCommentSet = new Phrases(std::begin(kComments), std::end(kComments));
    std::vector<Change> changes;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].end - lines_[i].begin > 60) continue;
      const std::string folded = FoldLine(Content(i));
      if (kRelatedSet->contains(folded)) {
        const size_t end = HeadlinesEnd(i + 1);
        changes.push_back(Cut(i, end, kBlocks[0].id));
        i = end - 1;
      } else if (i >= last_ && i > 0 && kCommentSet->contains(folded)) {
        changes.push_back(Cut(i, lines_.size(), kBlocks[1].id));
        break;
      }
    }
    return changes;
  }

 private:
  std::string_view Content(size_t i) const { return text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin); }

  bool IsRunning(size_t i) const {
    const std::string_view line = Content(i);
    return line.size() > kLongestHeadline || (line.size() > kLongestHeadline / 2 && EndsSentence(line));
  }

  bool IsHeadline(size_t i) const {
    const std::string_view line = Content(i);
    return line.size() <= kLongestHeadline && !IsTableRow(line) &&
           (!EndsSentence(line) || line.ends_with('?') || line.ends_with("…"));
  }

  // Where the headlines from `begin` on end. The last one before running text may be a heading of the article.
  size_t HeadlinesEnd(size_t begin) const {
    if (begin >= last_ && last_ > 0) return lines_.size();
    size_t end = begin;
    while (end < lines_.size() && end - begin < kMostHeadlines && IsHeadline(end))
      ++end;
    if (end - begin == kMostHeadlines) return begin;
    return end > begin ? end - 1 : end;
  }

  Change Cut(size_t from, size_t to, std::string_view rule) const {
    return {lines_[from].begin, to < lines_.size() ? lines_[to].begin : lines_.back().end, "", rule};
  }

  std::string_view text_;
  std::vector<Line> lines_;
  size_t last_;  // the first line behind the running text
};

}  // namespace

std::span<const CleaningRule> BlockRules() {
  return kBlocks;
}

std::vector<Change> FindBlocks(std::string_view text) {
  return Blocks(text).Find();
}

std::span<const CleaningRule> RepeatRules() {
  return kRepeats;
}

std::vector<Change> FindRepeats(std::string_view text) {
  std::vector<Change> changes;
  const std::vector<Line> lines = FindLines(text);
  absl::flat_hash_set<std::string_view> seen;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    if (!MayRepeat(line) || seen.insert(line).second) continue;
    changes.push_back({lines[i].begin, i + 1 < lines.size() ? lines[i + 1].begin : lines[i].end, ""});
  }
  return changes;
}

}  // namespace broadsheet::ingest
