#pragma once

#include <string>
#include <vector>

#include "broadsheet/v1/search.pb.h"

// The most expensive requests that the limits allow, and the articles that make them so.
namespace broadsheet::search {

// The n-th of made-up words; small numbers stand for those that articles have most often.
std::string HostileWord(size_t n);

// Articles of some hundred words of a small vocabulary, so that every word of a query matches many of them; every 200th
// has 250 kB of text. With sources, sections that are paths, tags, authors, figures and times over some years.
v1::Article HostileArticle(size_t n);

// 64 words that many articles have, prefixes among them, with OR between.
std::string HostileQuery();

// 64 misspelt words, prefixes and places among them: what costs most to look for beside what was typed.
std::string HostileSpelling();

// 256 conditions with 1,024 values in eight levels, which most articles meet.
v1::Filter HostileFilter();

// 16 facets, each over other matches than the hits because it leaves out filters, four of them with measures.
std::vector<v1::FacetSpec> HostileFacets();

// Everything at its limit at once, and in one of three shapes: hits, groups, fair pages.
v1::SearchRequest HostileSearch();
v1::SearchRequest HostileGroups();
v1::SearchRequest HostileFairPages();

// The same with every part of ranking: preferences, 100 outlets, and a second search with 50 terms of 50 articles.
v1::SearchRequest HostileRanking();

// The same of the methods that find more.
v1::SimilarArticlesRequest HostileLike();
v1::SuggestRequest HostileTyping();
v1::SignificantTermsRequest HostileTerms();
v1::TrendsRequest HostileTrends();

}  // namespace broadsheet::search
