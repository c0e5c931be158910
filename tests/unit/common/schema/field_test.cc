#include "common/schema/field.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet {
namespace {

std::string Line(const Field& field) {
  static constexpr const char* kTypes[] = {"text", "keyword", "time", "number"};
  static constexpr const char* kEncodings[] = {"none", "time", "time+sequence", "number", "string", "strings"};
  std::string line(field.name);
  line += " query=" + std::string(field.query_name) + " " + kTypes[static_cast<int>(field.type)];
  line += " words=" + std::string(field.words_prefix) + " values=" + std::string(field.keyword_prefix);
  line += " slot=" + std::to_string(field.slot) + " " + kEncodings[static_cast<int>(field.encoding)];
  if (field.repeated) line += " repeated";
  if (field.filterable) line += " filterable";
  if (field.facetable) line += " facetable";
  return line + "\n";
}

// What is on disk depends on this table: a change here needs a new kSchemaVersion.
constexpr char kGolden[] =
    R"(id query= keyword words= values=Q slot=-1 none filterable
url query= keyword words= values=U: slot=-1 none filterable
title query=title text words=S values= slot=-1 none
body query=body text words= values= slot=-1 none
source query=source keyword words=O values=XO: slot=3 string filterable facetable
authors query=author keyword words=A values=XA: slot=4 strings repeated filterable facetable
section query=section keyword words=N values=XN: slot=5 string filterable facetable
tags query=tag keyword words=K values=XK: slot=6 strings repeated filterable facetable
language query=language keyword words=L values=XL: slot=7 string filterable facetable
published_time query= time words= values= slot=0 time+sequence filterable facetable
published_day query=published time words= values= slot=16 time filterable facetable
updated_time query= time words= values= slot=1 time filterable facetable
ingested_time query= time words= values= slot=2 time filterable facetable
word_count query= number words= values= slot=8 number filterable facetable
revision query= number words= values= slot=10 number filterable facetable
sequence query= number words= values= slot=9 number filterable
duplicate_of query= keyword words= values=XD: slot=-1 none filterable
figures query=figure keyword words= values=XF: slot=11 strings repeated filterable facetable
embargo_time query= time words= values= slot=12 time filterable
corrected query= keyword words= values=XC: slot=-1 none filterable
copy_of query= keyword words= values=XY: slot=-1 none filterable
original query= keyword words= values=XG: slot=14 string filterable
)";

TEST(FieldTest, TheTableIsTheOneOfThisSchemaVersion) {
  std::string table;
  for (const Field& field : Fields())
    table += Line(field);
  EXPECT_EQ(kSchemaVersion, 4);
  EXPECT_EQ(table, kGolden);
}

TEST(FieldTest, FieldsAreFoundByTheirIdAndNames) {
  for (const Field& field : Fields()) {
    EXPECT_EQ(&GetField(field.id), &field) << field.name;
    EXPECT_EQ(FindField(field.name), &field) << field.name;
    if (!field.query_name.empty()) {
      EXPECT_EQ(FindQueryField(field.query_name), &field) << field.name;
    }
  }
  EXPECT_EQ(FindField("author"), nullptr);
  EXPECT_EQ(FindField(""), nullptr);
  EXPECT_EQ(FindQueryField(""), nullptr);
  EXPECT_EQ(FindQueryField("url"), nullptr);
}

TEST(FieldTest, NamesAreFieldsOfTheArticleMessage) {
  const auto* descriptor = v1::Article::descriptor();
  for (const Field& field : Fields()) {
    if (field.id == FieldId::kOriginal) continue;  // readers see it as copy_of, or as the id
    const auto* found = descriptor->FindFieldByName(std::string(field.name));
    ASSERT_NE(found, nullptr) << field.name;
    EXPECT_EQ(found->is_repeated(), field.repeated) << field.name;
  }
}

TEST(FieldTest, EachSlotIsUsedOnceAndHasAnEncoding) {
  std::set<int> slots = {kTombstoneReasonSlot, kCopyKeySlot};
  for (const Field& field : Fields()) {
    EXPECT_EQ(field.slot == kNoSlot, field.encoding == SlotEncoding::kNone) << field.name;
    if (field.slot != kNoSlot) {
      EXPECT_TRUE(slots.insert(field.slot).second) << field.name;
    }
    if (field.facetable) {
      EXPECT_NE(field.slot, kNoSlot) << field.name;
    }
  }
}

TEST(FieldTest, WhatCanBeFilteredHasTermsOrASlot) {
  for (const Field& field : Fields()) {
    if (field.filterable) {
      EXPECT_TRUE(!field.keyword_prefix.empty() || field.slot != kNoSlot) << field.name;
    }
  }
}

TEST(FieldTest, NoPrefixBeginsAnother) {
  std::vector<std::string_view> prefixes = {
      kPresencePrefix,     kAttributePrefix, kDeletionDayPrefix,       kStemPrefix,
      kOriginalBandPrefix, kCopyBandPrefix,  kArticleTerm.substr(0, 3)};
  for (const Field& field : Fields()) {
    if (!field.words_prefix.empty()) prefixes.push_back(field.words_prefix);
    if (!field.keyword_prefix.empty()) prefixes.push_back(field.keyword_prefix);
  }
  for (size_t i = 0; i < prefixes.size(); ++i) {
    for (size_t j = 0; j < prefixes.size(); ++j) {
      if (i != j) {
        EXPECT_FALSE(prefixes[j].starts_with(prefixes[i])) << prefixes[i] << " begins " << prefixes[j];
      }
    }
  }
}

TEST(FieldTest, WordsCannotBeTakenForPrefixes) {
  // Folded words have no capitals, so a capital at the front is always a prefix.
  for (const Field& field : Fields()) {
    for (char c : field.words_prefix)
      EXPECT_TRUE(c >= 'A' && c <= 'Z') << field.name;
    if (!field.keyword_prefix.empty()) {
      EXPECT_TRUE(field.keyword_prefix[0] >= 'A' && field.keyword_prefix[0] <= 'Z') << field.name;
    }
  }
}

}  // namespace
}  // namespace broadsheet
