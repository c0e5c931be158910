#include "search/discover/suggest.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "search/discover/completions.h"
#include "search/discover/newest_with.h"
#include "search/discover/phrases.h"
#include "search/discover/typed_words.h"
#include "search/match/hidden.h"
#include "search/match/library.h"
#include "search/match/stored.h"

namespace broadsheet::search {
namespace {

using SuggestionAnswer = absl::StatusOr<v1::SuggestResponse>;

constexpr size_t kSpareProposals = 3;     // proposals for each suggestion: some are gone, hidden or said already
constexpr size_t kMaxTitleWords = 16;     // finished words that a title must have
constexpr size_t kTitleCompletions = 24;  // words that the last one may become

// One question on one snapshot.
class SuggestionRun {
 public:
  SuggestionRun(const SuggestQuery& query, const Lexicon& lexicon, const Learned* learned, Reader& reader,
                absl::Time now, const CallContext& context)
      : query_(query),
        lexicon_(lexicon),
        learned_(learned),
        reader_(reader),
        database_(reader.database()),
        context_(context),
        typed_(ReadTyped(query.text)),
        hidden_(FindHidden(reader, now)),
        limit_(static_cast<size_t>(query.limit)) {
    SetSnapshot(reader.snapshot(), *response_.mutable_snapshot());
  }

  SuggestionAnswer Answer() {
    if (Wants(v1::SUGGESTION_KIND_QUERY)) CompleteQuery();
    if (Wants(v1::SUGGESTION_KIND_NAME)) Complete(lexicon_.names, kNamePrefix, v1::SUGGESTION_KIND_NAME);
    const std::string_view source = GetField(FieldId::kSource).keyword_prefix;
    if (Wants(v1::SUGGESTION_KIND_SOURCE)) Complete(lexicon_.sources, source, v1::SUGGESTION_KIND_SOURCE);
    if (Wants(v1::SUGGESTION_KIND_TITLE)) {
      if (auto completed = CompleteTitle(); !completed.ok()) return completed;
    }
    return std::move(response_);
  }

 private:
  bool Wants(v1::SuggestionKind kind) const { return query_.kinds.contains(kind); }

  // Articles with a term that readers may know of.
  int64_t Visible(const std::string& term) const {
    return static_cast<int64_t>(reader_.frequencies().Of(term)) - CountWith(database_, hidden_, term);
  }

  void Suggest(std::string text, v1::SuggestionKind kind, int64_t articles, const std::string& id = "") {
    v1::Suggestion* suggestion = response_.add_suggestions();
    suggestion->set_text(std::move(text));
    suggestion->set_kind(kind);
    suggestion->set_articles(articles);
    suggestion->set_id(id);
  }

  // The folded words of a completion are all in some article that readers may know of.
  bool IsVisible(const std::string& words) const {
    const std::vector<std::string> each = absl::StrSplit(words, ' ');
    return std::all_of(each.begin(), each.end(), [&](const std::string& word) { return Visible(word) > 0; });
  }

  // How names that have the words typed go on from the one that is completed on: "bank of" in Bank of America.
  std::vector<std::string> NamesThatGoOn() const {
    std::vector<std::string> ends;
    if (typed_.whole.empty()) return ends;
    for (const Counted& name : lexicon_.names.Find(typed_.key, limit_ * kSpareProposals)) {
      if (Visible(std::string(kNamePrefix).append(name.text)) < kLeastPhraseArticles) continue;
      const std::string key = " " + WordStartTable::KeyOf(name.text);
      const size_t begin = key.find(" " + typed_.key) + 1 + typed_.key.size() - typed_.last.size();
      ends.push_back(key.substr(begin, key.size() - 1 - begin));
    }
    return ends;
  }

  void CompleteQuery() {
    const bool alone = typed_.whole.empty();
    size_t told = 0;
    for (const std::string& words :
         search::Complete(typed_, lexicon_, learned_, NamesThatGoOn(), limit_ * kSpareProposals)) {
      if (!IsVisible(words)) continue;
      const bool counted = alone && words.find(' ') == std::string::npos;
      Suggest(typed_.before + words, v1::SUGGESTION_KIND_QUERY, counted ? Visible(words) : 0);
      if (++told == limit_) return;
    }
  }

  void Complete(const WordStartTable& table, std::string_view prefix, v1::SuggestionKind kind) {
    if (typed_.key.empty()) return;
    std::vector<std::pair<int64_t, std::string>> found;
    for (Counted& proposal : table.Find(typed_.key, limit_ * kSpareProposals)) {
      const int64_t articles = Visible(std::string(prefix).append(proposal.text));
      if (articles > 0) found.emplace_back(articles, std::move(proposal.text));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& l, const auto& r) { return l.first > r.first; });
    if (found.size() > limit_) found.resize(limit_);
    for (auto& [articles, text] : found)
      Suggest(std::move(text), kind, articles);
  }

  // Titles that have all words, the last one completed: what was written last comes first.
  absl::Status CompleteTitle() {
    if (typed_.key.empty()) return absl::OkStatus();
    const std::string prefix(GetField(FieldId::kTitle).words_prefix);
    std::vector<std::string> all, any;
    for (size_t i = 0; i < std::min(typed_.whole.size(), kMaxTitleWords); ++i)
      all.push_back(prefix + typed_.whole[i]);
    if (!typed_.last.empty()) {
      for (const Counted& word : lexicon_.title_words.Find(typed_.last, kTitleCompletions))
        any.push_back(prefix + word.text);
      if (any.empty()) return absl::OkStatus();
    }
    absl::flat_hash_set<std::string> known;
    for (Xapian::docid docid : NewestWith(reader_, all, any, hidden_, limit_ * kSpareProposals, context_)) {
      if (known.size() == limit_) break;
      auto article = ReadArticle(reader_, docid, false);
      if (!article.ok()) return article.status();
      if (!known.insert(WordStartTable::KeyOf(article->title())).second) continue;
      Suggest(article->title(), v1::SUGGESTION_KIND_TITLE, 1, article->id());
    }
    return absl::OkStatus();
  }

  const SuggestQuery& query_;
  const Lexicon& lexicon_;
  const Learned* const learned_;  // null in the first moments
  const Reader& reader_;
  const Xapian::Database& database_;
  const CallContext& context_;
  const TypedWords typed_;
  const std::vector<Xapian::docid> hidden_;
  const size_t limit_;
  v1::SuggestResponse response_;
};

}  // namespace

SuggestionAnswer Suggester::Suggest(const SuggestQuery& query, const CallContext& context) const {
  const absl::Time now = clock_.Now();
  const std::shared_ptr<const Lexicon> lexicon = keeper_.Get();
  const std::shared_ptr<const Learned> learned = keeper_.GetLearned();
  return readers_.Run(context, [&](Reader& reader, Effort) -> SuggestionAnswer {
    if (lexicon == nullptr) {
      return RetryableError(absl::StatusCode::kUnavailable, "LEXICON_NOT_READY",
                            "what can be suggested is still being gathered: ask again in a moment", absl::Seconds(1));
    }
    return CatchXapian([&] { return SuggestionRun(query, *lexicon, learned.get(), reader, now, context).Answer(); });
  });
}

}  // namespace broadsheet::search
