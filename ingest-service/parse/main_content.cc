#include "ingest/parse/main_content.h"

#include "ingest/parse/page_choose.h"
#include "ingest/parse/page_prune.h"
#include "ingest/parse/page_render.h"
#include "ingest/parse/page_runs.h"
#include "ingest/parse/page_tree.h"
#include "ingest/parse/page_trim.h"

namespace broadsheet::ingest {
namespace {

// Weights of running text.
constexpr double kFewProse = 1000;     // a shorter article may be one that pruning has taken apart
constexpr double kLeastProse = 160;    // a shorter one may be furniture itself
constexpr double kLeastArticle = 80;   // less is no article
constexpr double kLeastSaid = 10;      // the same for a page that says that it is one
constexpr double kLeastDoubted = 400;  // the same for text that calls itself furniture
// Times the running text that make it worth believing fewer hints.
constexpr double kMuchMore = 2;
constexpr double kFarMore = 5;  // for what is not shown

struct Attempt {
  int32_t article = 0;
  double prose = 0;
  PageTree tree;
};

Attempt Extract(const Pruning& pruning, PageTree tree) {
  Prune(pruning, tree);
  const int32_t article = ChooseArticle(tree, SumGains(ReadRuns(tree), tree));
  Trim(article, tree);
  const double prose = SumGains(ReadRuns(tree), tree)[article].prose;
  return {article, prose, std::move(tree)};
}

bool Holds(const Attempt& outer, const Attempt& inner) {
  return outer.article <= inner.article && inner.article < outer.tree[outer.article].end;
}

}  // namespace

std::string ReadMainContent(const xmlNode* root, DocumentKind kind, bool says_article) {
  PageTree tree = BuildPageTree(root, Reach::kText);
  if (tree.empty()) return "";
  if (kind == DocumentKind::kFragment) return Render(0, tree);
  const bool all_teasers = !says_article;
  const double least = says_article ? kLeastSaid : kLeastArticle;
  Attempt best = Extract({.all_teasers = all_teasers}, tree);
  if (best.prose < kFewProse) {
    Attempt captions = Extract({.media = false, .all_teasers = all_teasers}, tree);
    if (captions.prose > kMuchMore * best.prose) best = std::move(captions);
    // What is not shown must be the rest of what is.
    Attempt hidden = Extract({.hidden = false, .all_teasers = all_teasers}, tree);
    const bool goes_on = best.prose < kLeastArticle || Holds(hidden, best);
    if (goes_on && hidden.prose > kFarMore * best.prose) best = std::move(hidden);
  }
  const auto take_if_more = [&](Attempt other) {
    const double enough = says_article && best.prose < least ? kLeastArticle : kLeastDoubted;
    if (other.prose >= enough && other.prose > kMuchMore * best.prose) best = std::move(other);
  };
  if (best.prose < kLeastProse) {
    take_if_more(Extract({.all_teasers = all_teasers}, BuildPageTree(root, Reach::kEverything)));
  }
  if (best.prose < kLeastProse) {
    take_if_more(Extract({.furniture = false, .all_teasers = all_teasers}, std::move(tree)));
  }
  return best.prose < least ? "" : Render(best.article, best.tree);
}

}  // namespace broadsheet::ingest
