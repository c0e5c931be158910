#include "search/discover/suggest.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/base/error.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "search/discover/company.h"
#include "search/discover/typed_words.h"
#include "search/match/deadline_source.h"
#include "search/match/embargo.h"
#include "search/match/library.h"
#include "search/match/stored.h"
#include "search/query/stop_words.h"

namespace broadsheet::search {
namespace {

using Response = absl::StatusOr<v1::SuggestResponse>;
using Xapian::Query;

constexpr size_t kSpare = 3;                   // proposals for each suggestion: some are gone, hidden or said already
constexpr size_t kMaxTitleWords = 16;          // finished words that a title must have
constexpr size_t kTitleCompletions = 24;       // words that the last one may become
constexpr int64_t kMaxTitlePostings = 20'000;  // entries of the index that these may have together

// One question on one snapshot.
class Run {
 public:
  Run(const SuggestQuery& query, const Lexicon& lexicon, Reader& reader, absl::Time now, const CallContext& context)
      : query_(query),
        lexicon_(lexicon),
        database_(reader.database()),
        now_(now),
        context_(context),
        typed_(ReadTyped(query.text)),
        hidden_(FindEmbargoed(database_, now)),
        limit_(static_cast<size_t>(query.limit)) {
    SetSnapshot(reader.snapshot(), *response_.mutable_snapshot());
  }

  Response Answer() {
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
    return static_cast<int64_t>(database_.get_termfreq(term)) - CountWith(database_, hidden_, term);
  }

  void Suggest(std::string text, v1::SuggestionKind kind, int64_t articles, const std::string& id = "") {
    v1::Suggestion* suggestion = response_.add_suggestions();
    suggestion->set_text(std::move(text));
    suggestion->set_kind(kind);
    suggestion->set_articles(articles);
    suggestion->set_id(id);
  }

  void CompleteQuery() {
    if (typed_.last.empty()) return;
    std::vector<Counted> frequent = lexicon_.words.Find(typed_.last, limit_ + kCompanyCandidates);
    std::erase_if(frequent, [&](const Counted& word) { return word.text != typed_.last && IsStopWord(word.text); });
    const bool alone = typed_.whole.empty();
    std::vector<std::string> words;
    if (alone) {
      for (Counted& word : frequent)
        words.push_back(std::move(word.text));
    } else {
      words = WordsInCompany(database_, typed_.whole, typed_.last, frequent, hidden_);
    }
    size_t told = 0;
    for (const std::string& word : words) {
      const int64_t articles = Visible(word);
      if (articles == 0 || (word != typed_.last && IsStopWord(word))) continue;
      Suggest(typed_.before + word, v1::SUGGESTION_KIND_QUERY, alone ? articles : 0);
      if (++told == limit_) return;
    }
  }

  void Complete(const WordStartTable& table, std::string_view prefix, v1::SuggestionKind kind) {
    if (typed_.key.empty()) return;
    std::vector<std::pair<int64_t, std::string>> found;
    for (Counted& proposal : table.Find(typed_.key, limit_ * kSpare)) {
      const int64_t articles = Visible(std::string(prefix).append(proposal.text));
      if (articles > 0) found.emplace_back(articles, std::move(proposal.text));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& l, const auto& r) { return l.first > r.first; });
    if (found.size() > limit_) found.resize(limit_);
    for (auto& [articles, text] : found)
      Suggest(std::move(text), kind, articles);
  }

  // Titles that have all words, the last one completed.
  Query TitleQuery() const {
    const std::string prefix(GetField(FieldId::kTitle).words_prefix);
    std::vector<Query> parts;
    for (size_t i = 0; i < std::min(typed_.whole.size(), kMaxTitleWords); ++i)
      parts.emplace_back(prefix + typed_.whole[i]);
    if (!typed_.last.empty()) {
      std::vector<Query> completions;
      int64_t postings = 0;
      for (const Counted& word : lexicon_.title_words.Find(typed_.last, kTitleCompletions)) {
        if (postings + word.articles > kMaxTitlePostings) continue;
        postings += word.articles;
        completions.emplace_back(prefix + word.text);
      }
      parts.emplace_back(Query::OP_OR, completions.begin(), completions.end());
    }
    return {Query::OP_AND, parts.begin(), parts.end()};
  }

  // What was written last comes first.
  absl::Status CompleteTitle() {
    if (typed_.key.empty()) return absl::OkStatus();
    Xapian::Enquire enquire(database_);
    enquire.set_query(WithDeadline(WithoutEmbargoed(TitleQuery(), database_, now_), context_));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::DESCENDING);
    const Xapian::MSet set = enquire.get_mset(0, static_cast<Xapian::doccount>(limit_ * kSpare));
    absl::flat_hash_set<std::string> known;
    size_t told = 0;
    for (auto hit = set.begin(); hit != set.end() && told < limit_; ++hit) {
      auto article = ReadArticle(database_, *hit, false);
      if (!article.ok()) return article.status();
      if (!known.insert(WordStartTable::KeyOf(article->title())).second) continue;
      Suggest(article->title(), v1::SUGGESTION_KIND_TITLE, 1, article->id());
      ++told;
    }
    return absl::OkStatus();
  }

  const SuggestQuery& query_;
  const Lexicon& lexicon_;
  const Xapian::Database& database_;
  const absl::Time now_;
  const CallContext& context_;
  const TypedWords typed_;
  const std::vector<Xapian::docid> hidden_;  // under embargo
  const size_t limit_;
  v1::SuggestResponse response_;
};

}  // namespace

Response Suggester::Suggest(const SuggestQuery& query, const CallContext& context) const {
  const absl::Time now = clock_.Now();
  const std::shared_ptr<const Lexicon> lexicon = keeper_.Get();
  return readers_.Run(context, [&](Reader& reader, Effort) -> Response {
    if (lexicon == nullptr) {
      return RetryableError(absl::StatusCode::kUnavailable, "LEXICON_NOT_READY",
                            "what can be suggested is still being gathered: ask again in a moment", absl::Seconds(1));
    }
    return CatchXapian([&] { return Run(query, *lexicon, reader, now, context).Answer(); });
  });
}

}  // namespace broadsheet::search
