#include "ingest/parse/page_choose.h"

namespace broadsheet::ingest {
namespace {

constexpr double kJunkPrice = 0.7;  // some junk can still be trimmed
constexpr double kBodyBonus = 1.15;
constexpr double kArticleBonus = 1.05;

double Bonus(const PageNode& node) {
  if (node.hint == Hint::kBody) return kBodyBonus;
  return node.tag == Tag::kArticle ? kArticleBonus : 1;
}

}  // namespace

int32_t ChooseArticle(const PageTree& tree, const std::vector<Gain>& gains) {
  const double all = gains[0].prose;
  int32_t best = 0;
  double best_score = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(tree.size()); ++at) {
    const Gain& gain = gains[at];
    if (gain.prose <= 0 || !IsBlockTag(tree[at].tag)) continue;
    const double score = 2 * gain.prose / (gain.prose + kJunkPrice * gain.junk + all) * Bonus(tree[at]);
    // Of equals the innermost.
    if (score >= best_score) {
      best = at;
      best_score = score;
    }
  }
  return best;
}

}  // namespace broadsheet::ingest
