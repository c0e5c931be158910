#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/rpc/clients.h"

// One invented story, and who finds it.
namespace broadsheet {

inline v1::RawArticle Report(const std::string& id) {
  v1::RawArticle article;
  article.set_id(id);
  article.set_title("Lock gate of Tessel to be rebuilt");
  article.set_text("The lock gate of Tessel will be rebuilt in spring, the harbour board said about " + id + ".");
  return article;
}

// Ids of the articles found, in order.
inline std::vector<std::string> Find(SearchClient& client, const std::string& query, int64_t min_sequence) {
  grpc::ClientContext context;
  v1::SearchRequest request;
  request.set_query(query);
  request.set_min_sequence(min_sequence);
  v1::SearchResponse response;
  const grpc::Status status = client.Search(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  std::vector<std::string> ids;
  for (const auto& hit : response.hits())
    ids.push_back(hit.article().id());
  return ids;
}

}  // namespace broadsheet
