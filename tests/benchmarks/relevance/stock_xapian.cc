#include "benchmarks/relevance/stock_xapian.h"

#include <xapian.h>

namespace broadsheet::benchmarks {
namespace {

constexpr Xapian::doccount kDepth = 1'000;

void Index(const Collection& collection, const std::filesystem::path& directory) {
  Xapian::WritableDatabase database(directory.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  generator.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
  for (const CollectionDocument& source : collection.documents) {
    Xapian::Document document;
    generator.set_document(document);
    generator.index_text_without_positions(source.text);
    document.set_data(source.id);
    database.add_document(document);
  }
  database.commit();
}

}  // namespace

std::map<std::string, Ranking> RankByStockXapian(const Collection& collection, const std::filesystem::path& directory) {
  Index(collection, directory);
  Xapian::Database database(directory.string());
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0.5));
  Xapian::QueryParser parser;
  parser.set_stemmer(Xapian::Stem("en"));
  parser.set_stemming_strategy(Xapian::QueryParser::STEM_ALL);
  std::map<std::string, Ranking> rankings;
  for (const auto& [id, text] : collection.queries) {
    enquire.set_query(parser.parse_query(text, 0));
    Ranking& ranking = rankings[id];
    Xapian::MSet found = enquire.get_mset(0, kDepth);
    for (auto hit = found.begin(); hit != found.end(); ++hit)
      ranking.push_back(hit.get_document().get_data());
  }
  return rankings;
}

}  // namespace broadsheet::benchmarks
