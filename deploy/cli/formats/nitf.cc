#include "absl/strings/str_cat.h"
#include "cli/formats/markup.h"
#include "cli/formats/xml_readers.h"
#include "cli/formats/xml_tree.h"

namespace broadsheet::cli {
namespace {

void ReadByline(const xmlNode* byline, v1::RawArticle& article) {
  if (byline == nullptr) {
    return;
  }
  bool named = false;
  for (const xmlNode* node : Elements(byline)) {
    if (LocalName(node) == "person" || LocalName(node) == "name") {
      AddByline(TextOf(node), article);
      named = true;
    }
  }
  std::string words;  // without the writer's office, <byttl>
  for (const xmlNode* node = byline->children; node != nullptr && !named; node = node->next) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      absl::StrAppend(&words, reinterpret_cast<const char*>(node->content));
    }
  }
  AddByline(words, article);
}

void ReadDocumentData(const xmlNode* data, v1::RawArticle& article) {
  const std::string register_name = AttributeOf(Find(data, {"doc-id"}), "regsrc");
  SetId(AttributeOf(Find(data, {"doc-id"}), "id-string"), register_name, article);
  const std::string issued = AttributeOf(Find(data, {"date.issue"}), "norm");
  const std::string released = AttributeOf(Find(data, {"date.release"}), "norm");
  SetPublished(issued.empty() ? released : issued, article);
  const auto release = ParseInstant(released);
  const auto issue = ParseInstant(issued);
  if (release.has_value() && issue.has_value() && *release > *issue) {
    SetEmbargo(released, article);
  }
  if (Find(data, {"correction"}) != nullptr) {
    article.set_corrected(true);
    SetAttribute("correction", AttributeOf(Find(data, {"correction"}), "info"), article);
  }
  SetAttribute("expires", AttributeOf(Find(data, {"date.expire"}), "norm"), article);
  SetAttribute("urgency", AttributeOf(Find(data, {"urgency"}), "ed-urg"), article);
  SetAttribute("ednote", AttributeOf(Find(data, {"ed-msg"}), "info"), article);
  SetAttribute("slugline", AttributeOf(Find(data, {"du-key"}), "key"), article);
  const xmlNode* rights = Find(data, {"doc.copyright"});
  SetAttribute("rights", absl::StrCat(AttributeOf(rights, "year"), " ", AttributeOf(rights, "holder")), article);
  for (const xmlNode* keyword : Elements(Find(data, {"key-list"}))) {
    AddTag(AttributeOf(keyword, "key"), article);
  }
  for (const xmlNode* classifier : Elements(Find(data, {"identified-content"}))) {
    if (LocalName(classifier) == "classifier") {
      AddTag(AttributeOf(classifier, "value"), article);
    }
  }
}

void ReadHead(const xmlNode* head, v1::RawArticle& article) {
  SetTitle(TextOf(Find(head, {"title"})), article);
  ReadDocumentData(Find(head, {"docdata"}), article);
  const xmlNode* publication = Find(head, {"pubdata"});
  SetSource(AttributeOf(publication, "name"), article);
  SetSection(AttributeOf(publication, "position.section"), article);
  SetPublished(AttributeOf(publication, "date.publication"), article);
  SetUrl(AttributeOf(publication, "ex-ref"), article);
  SetAttribute("genre", AttributeOf(Find(head, {"tobject", "tobject.property"}), "tobject.property.type"), article);
  for (const xmlNode* node : Elements(Find(head, {"tobject"}))) {
    if (LocalName(node) == "tobject.subject") {
      AddTag(AttributeOf(node, "tobject.subject.type"), article);
      AddTag(AttributeOf(node, "tobject.subject.matter"), article);
    }
  }
}

}  // namespace

void ReadNitfBody(const xmlNode* nitf, v1::RawArticle& article) {
  const xmlNode* head = Find(nitf, {"body", "body.head"});
  const std::string headline = TextOf(Find(head, {"hedline", "hl1"}));
  if (!headline.empty()) {
    SetTitle(headline, article);
  }
  SetSubtitle(TextOf(Find(head, {"hedline", "hl2"})), article);
  if (article.authors().empty()) {
    for (const xmlNode* node : Elements(head)) {
      if (LocalName(node) == "byline") {
        ReadByline(node, article);
      }
    }
  }
  if (article.source().empty()) {
    SetSource(TextOf(Find(head, {"distributor"})), article);
  }
  SetAttribute("dateline", TextOf(Find(head, {"dateline"})), article);
  SetHtml(InnerHtml(Find(head, {"abstract"})), Fullness::kSummary, article);
  SetHtml(InnerHtml(Find(nitf, {"body", "body.content"})), Fullness::kWhole, article);
  for (const xmlNode* node : Elements(Find(nitf, {"body", "body.content"}))) {
    if (LocalName(node) == "media" && AttributeOf(node, "media-type") == "image") {
      SetImage(AttributeOf(Find(node, {"media-reference"}), "source"), article);
    }
  }
}

Reading ReadNitf(const xmlNode* nitf) {
  v1::RawArticle article;
  SetLanguage(LanguageAt(nitf), article);
  ReadHead(Find(nitf, {"head"}), article);
  ReadNitfBody(nitf, article);
  auto state = ReadState(AttributeOf(Find(nitf, {"head", "docdata"}), "management-status"));
  if (!state.ok()) {
    return state.status();
  }
  const auto ednote = article.attributes().find("ednote");
  return Finish(*state, ednote == article.attributes().end() ? "cancelled by its publisher" : ednote->second,
                std::move(article));
}

}  // namespace broadsheet::cli
