#pragma once

#include <map>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/ingest.pb.h"

// What making an article again changes of it. Pure.
namespace broadsheet::ingest {

using RuleCounts = std::map<std::string, v1::RuleCount>;  // by rule

// Fills what `change` says of the two, its outcome (CHANGED, CONFIRMED or UNCHANGED) too. `before` stands; `after` is
// complete, duplicate_of included; `edits` led to it.
void DescribeChange(const v1::Article& before, const v1::Article& after, const std::vector<v1::Edit>& edits,
                    v1::ReplayedArticle& change);

// Adds the counts of one article to those of many.
void AddRules(const v1::ReplayedArticle& change, RuleCounts& counts);

// Whether a replay is to make this article again.
bool Matches(const v1::ReplayFilter& filter, const v1::Article& article);

}  // namespace broadsheet::ingest
