#pragma once

#include "search/index/reader.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// What the terms of query expansion weigh, together, beside the query: the weightiest of them as much of its own BM25.
inline constexpr double kFeedbackWeight = 0.3;

// `matching` with terms that tell its best articles from all others, as query.ranking.expansion asks. They change
// scores only, never what matches. Terms are stems of title and body that at least two of the articles have, chosen by
// the Bo1 model of divergence from randomness (Amati, Probability models for information retrieval, 2003). `enquire`
// has the weights set; its query is changed. Xapian's exceptions pass through.
Xapian::Query WithFeedback(const SearchQuery& query, const Xapian::Query& matching, Xapian::Enquire& enquire,
                           Reader& reader);

}  // namespace broadsheet::search
