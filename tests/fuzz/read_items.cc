#include "fuzz/read_items.h"

#include <sstream>

#include "common/text/unicode.h"
#include "fuzz/target.h"

namespace broadsheet::fuzz {
namespace {

void CheckItem(const cli::Item& item) {
  if (!item.status.ok()) {
    return Require(absl::IsInvalidArgument(item.status) && !item.status.message().empty(), "a broken item says why");
  }
  Require(item.request.has_article() || item.request.has_deletion(), "an item is an article or a deletion");
  const v1::RawArticle& article = item.request.article();
  for (const std::string* field : {&article.id(), &article.url(), &article.title(), &article.text(), &article.html(),
                                   &article.markdown(), &article.source(), &article.published(), &article.section()})
    Require(IsValidUtf8(*field), "fields are valid UTF-8");
  for (const std::string& tag : article.tags())
    Require(IsValidUtf8(tag), "tags are valid UTF-8");
  for (const std::string& author : article.authors())
    Require(IsValidUtf8(author), "authors are valid UTF-8");
}

}  // namespace

void ReadItems(std::string_view input, cli::Format format) {
  std::istringstream stream{std::string(input)};
  auto source = cli::ArticleSource::Open({"-"}, format, stream);
  Require(source.ok(), "standard input can be opened");
  size_t items = 0;
  while (const auto item = source->Next()) {
    CheckItem(*item);
    Require(++items <= input.size() + 1, "an item is at least a byte");
  }
}

}  // namespace broadsheet::fuzz
