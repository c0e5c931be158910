#include "benchmarks/raw_xapian.h"

#include <chrono>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace broadsheet::benchmarks {
namespace {

enum Slot : Xapian::valueno { kDate = 0, kSource = 1, kSection = 2, kMonth = 3, kAuthor = 4 };

constexpr int kTitleWeight = 4;
constexpr int kCommitEvery = 1'000;
constexpr char kSourcePrefix[] = "XO:";
constexpr char kSectionPrefix[] = "XN:";
constexpr char kAuthorPrefix[] = "XA:";

std::string DateKey(absl::Time time) {
  return absl::FormatTime("%Y%m%d", time, absl::UTCTimeZone());
}

// The dates of the corpus are "YYYY-MM-DD" or timestamps; anything else is left out here.
std::string DateKeyOf(const v1::RawArticle& article) {
  if (article.has_published_time()) return DateKey(absl::FromUnixSeconds(article.published_time().seconds()));
  absl::Time time;
  std::string error;
  return absl::ParseTime("%Y-%m-%d", article.published(), &time, &error) ? DateKey(time) : "";
}

void AddKeyword(Xapian::Document& document, const std::string& prefix, const std::string& value, Slot slot) {
  if (value.empty()) return;
  document.add_boolean_term(prefix + value.substr(0, 200));
  document.add_value(slot, value);
}

Xapian::Document Convert(const v1::RawArticle& article, Xapian::TermGenerator& generator) {
  Xapian::Document document;
  generator.set_document(document);
  generator.set_termpos(0);
  generator.index_text(article.title(), kTitleWeight);
  generator.set_termpos(0);
  generator.index_text(article.title(), 1, "S");
  generator.set_termpos(10'000);
  generator.index_text(article.text());
  for (const auto& [prefix, text] :
       {std::pair<const char*, const std::string&>{"O", article.source()}, {"N", article.section()}}) {
    generator.set_termpos(0);
    generator.index_text(text, 1, prefix);
  }
  AddKeyword(document, kSourcePrefix, article.source(), kSource);
  AddKeyword(document, kSectionPrefix, article.section(), kSection);
  if (!article.authors().empty()) AddKeyword(document, kAuthorPrefix, article.authors(0), kAuthor);
  if (std::string day = DateKeyOf(article); !day.empty()) {
    document.add_value(kDate, day);
    document.add_value(kMonth, day.substr(0, 6));
  }
  document.add_boolean_term("Q" + article.id());
  document.set_data(absl::StrCat(article.title(), "\n", article.source(), "\n", article.text()));
  return document;
}

}  // namespace

double BuildRawIndex(const Corpus& corpus, const std::filesystem::path& directory, int flush) {
  setenv("XAPIAN_FLUSH_THRESHOLD", std::to_string(flush).c_str(), 1);
  auto start = std::chrono::steady_clock::now();
  Xapian::WritableDatabase database(directory.string(), Xapian::DB_CREATE_OR_OVERWRITE);
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  int pending = 0;
  for (const auto& article : corpus.articles) {
    database.replace_document("Q" + article.id(), Convert(article, generator));
    if (++pending % kCommitEvery == 0) database.commit();
  }
  database.commit();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

RawSearcher::RawSearcher(const std::filesystem::path& directory) : database_(directory.string()), stem_("en") {}

Xapian::Query RawSearcher::Build(const MixQuery& query) const {
  std::vector<std::string> terms;
  for (const auto& word : query.words) {
    terms.push_back(query.op == Operator::kPhrase ? word : "Z" + stem_(word));
  }
  auto op = query.op == Operator::kAll   ? Xapian::Query::OP_AND
            : query.op == Operator::kAny ? Xapian::Query::OP_OR
                                         : Xapian::Query::OP_PHRASE;
  Xapian::Query words(op, terms.begin(), terms.end());
  if (!query.outlet.empty()) {
    words = Xapian::Query(Xapian::Query::OP_FILTER, words, Xapian::Query(kSourcePrefix + query.outlet));
  }
  if (query.from != absl::InfinitePast()) {
    Xapian::Query range(Xapian::Query::OP_VALUE_RANGE, kDate, DateKey(query.from),
                        DateKey(query.until - absl::Nanoseconds(1)));
    words = Xapian::Query(Xapian::Query::OP_FILTER, words, range);
  }
  return words;
}

size_t RawSearcher::Answer(const MixQuery& query, Extras extras) {
  Xapian::Enquire enquire(database_);
  enquire.set_query(Build(query));
  if (query.newest_first) enquire.set_sort_by_value(kDate, true);
  Xapian::ValueCountMatchSpy sources(kSource), sections(kSection), months(kMonth);
  bool facets = extras == Extras::kFacets;
  if (facets) {
    for (auto* spy : {&sources, &sections, &months})
      enquire.add_matchspy(spy);
  }
  Xapian::MSet matches = enquire.get_mset(0, 10, facets ? database_.get_doccount() : 0);
  size_t bytes = 0;
  for (auto hit = matches.begin(); hit != matches.end(); ++hit) {
    std::string data = hit.get_document().get_data();
    bytes += data.size();
    if (extras == Extras::kSnippets) bytes += matches.snippet(data, 240, stem_, 0, "\x01", "\x02").size();
  }
  if (facets) {
    for (auto* spy : {&sources, &sections, &months}) {
      for (auto value = spy->top_values_begin(10); value != spy->top_values_end(10); ++value) {
        bytes += value.get_termfreq();
      }
    }
  }
  return bytes;
}

}  // namespace broadsheet::benchmarks
