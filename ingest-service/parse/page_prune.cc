#include "ingest/parse/page_prune.h"

#include "ingest/parse/page_runs.h"
#include "ingest/parse/page_shape.h"

namespace broadsheet::ingest {
namespace {

constexpr double kMostTeasers = 0.75;  // of a page's running text
constexpr int kFewParagraphs = 2;      // captions are seldom more
constexpr double kAnArticle = 1000;    // running text
constexpr double kMainShare = 0.4;     // of a page's running text: what holds so much is never furniture

bool IsBox(Tag tag) {
  return IsBlockTag(tag) && tag != Tag::kCell && tag != Tag::kRow;
}

// Some pages have their paragraphs inside spans.
bool IsBareInline(const PageNode& node, const Gain& gain) {
  return node.tag == Tag::kInline && gain.prose == 0;
}

bool GoesByHint(const PageNode& node, const Pruning& pruning, const Gain& gain) {
  const bool is_box = IsBox(node.tag);
  // A weak hint needs a weak text.
  const bool is_poor = gain.prose < 2 * gain.junk;
  switch (node.hint) {
    case Hint::kHidden:
      return pruning.hidden;
    case Hint::kFurniture:
    case Hint::kComments:
      return pruning.furniture && (is_box || IsBareInline(node, gain));
    case Hint::kMedia:
      return pruning.media && gain.paragraphs < kFewParagraphs && (is_box || IsBareInline(node, gain));
    case Hint::kMeta:
      // Blog systems give the whole post the name of its author.
      return pruning.furniture && is_box && !(node.tag == Tag::kArticle && gain.prose > kAnArticle);
    case Hint::kWeak:
      return pruning.furniture && is_box && is_poor;
    case Hint::kBody:
    case Hint::kSubtitle:
    case Hint::kNone:
      break;
  }
  return pruning.furniture && node.tag == Tag::kAside;
}

void DropByHint(const Pruning& pruning, PageTree& tree) {
  const std::vector<Gain> gains = SumGains(ReadRuns(tree), tree);
  const auto size = static_cast<int32_t>(tree.size());
  for (int32_t at = 1; at < size;) {
    PageNode& node = tree[at];
    const bool is_picture = pruning.media && (node.tag == Tag::kFigure || node.tag == Tag::kCaption);
    const double others = gains[0].prose - gains[at].prose;
    const bool is_main = gains[at].prose > kMainShare * gains[0].prose && gains[at].prose > 0 &&
                         !(node.hint == Hint::kComments && others > kAnArticle);
    node.dropped = is_picture || (node.tag != Tag::kText && !is_main && GoesByHint(node, pruning, gains[at]));
    at = node.dropped ? node.end : at + 1;
  }
}

// Lists of other articles.
void DropTeasers(const Pruning& pruning, PageTree& tree) {
  const std::vector<Shape> shapes = SumShapes(tree);
  const auto size = static_cast<int32_t>(tree.size());
  for (int32_t at = 1; at < size;) {
    PageNode& node = tree[at];
    if (!node.dropped && IsBox(node.tag)) {
      const bool is_page = shapes[at].prose >= kMostTeasers * shapes[0].prose;
      node.dropped = IsTeaserList(shapes[at]) && (!is_page || (pruning.all_teasers && !HoldsStory(shapes[at])));
    }
    at = node.dropped ? node.end : at + 1;
  }
}

}  // namespace

void Prune(const Pruning& pruning, PageTree& tree) {
  DropByHint(pruning, tree);
  DropTeasers(pruning, tree);
}

}  // namespace broadsheet::ingest
