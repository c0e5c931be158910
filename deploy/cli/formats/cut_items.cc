// CutItems of xml_items.h.
#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/formats/xml_items.h"
#include "cli/formats/xml_scanner.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kMaxItemBytes = 8 << 20;
constexpr size_t kMaxHeadBytes = 8 << 20;
constexpr int kMaxBrokenItems = 1000;

std::string_view WithoutPrefix(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

bool IsNewsItem(std::string_view local_name) {
  static const std::set<std::string_view> names = {"newsItem",    "packageItem",  "conceptItem",
                                                   "catalogItem", "planningItem", "knowledgeItem"};
  return names.contains(local_name);
}

// Whether an element is an item of a document of this root. `depth`: elements around it.
bool IsItem(std::string_view root, std::string_view local_name, size_t depth) {
  if (root == "rss" || root == "RDF" || root == "rdf") {
    return local_name == "item" && (depth == 1 || depth == 2);
  }
  if (root == "feed") {
    return (local_name == "entry" || local_name == "deleted-entry") && depth == 1;
  }
  if (root == "newsMessage") {
    return IsNewsItem(local_name) && depth == 2;
  }
  return depth == 0;
}

class Cutter {
 public:
  explicit Cutter(std::string_view document) : document_(document), scanner_(document) {}

  absl::StatusOr<XmlPieces> Run() {
    while (true) {
      const size_t begin = scanner_.position();
      const auto token = scanner_.Next();
      if (!token.ok()) {
        return HeadFault(begin, token.status());
      }
      if (token->kind == XmlKind::kNothing) {
        return Ended();
      }
      if (!OnToken(*token, begin)) {
        AppendMended(*token, pieces_.head);
      }
      if (pieces_.head.size() > kMaxHeadBytes) {
        return absl::InvalidArgumentError(
            absl::StrCat("more than ", kMaxHeadBytes, " bytes outside of its items, the limit"));
      }
      if (depth_ > kMaxXmlDepth) {
        return absl::InvalidArgumentError(
            absl::StrCat("elements nested deeper than ", kMaxXmlDepth, ", the limit, on line ", LineAt(begin)));
      }
      if (broken_ > kMaxBrokenItems) {
        return std::move(pieces_);
      }
    }
  }

 private:
  // What is broken outside of items ends the document there, but what came before stands.
  absl::StatusOr<XmlPieces> HeadFault(size_t at, const absl::Status& fault) {
    const absl::Status placed =
        absl::InvalidArgumentError(absl::StrCat(std::string(fault.message()), ", on line ", LineAt(at)));
    if (pieces_.items.empty()) {
      return placed;
    }
    AddPiece("", at, document_.size(), LineAt(at), placed);
    return std::move(pieces_);
  }

  absl::StatusOr<XmlPieces> Ended() {
    if (pieces_.root.empty()) {
      return absl::InvalidArgumentError("there is no XML element in it");
    }
    const bool told = !pieces_.items.empty() && !pieces_.items.back().status.ok();
    if (!closed_ && !told) {
      return HeadFault(document_.size(), absl::InvalidArgumentError(absl::StrCat(
                                             "the document ends before its root element <", root_name_, "> does")));
    }
    return std::move(pieces_);
  }

  // Whether the token began an item, which was then cut out.
  bool OnToken(const XmlToken& token, size_t begin) {
    if (token.kind == XmlKind::kEnd) {
      depth_ = std::max(0, depth_ - 1);
      closed_ = closed_ || token.name == root_name_;
    }
    if (token.kind != XmlKind::kStart && token.kind != XmlKind::kEmptyElement) {
      return false;
    }
    if (pieces_.root.empty()) {
      root_name_ = std::string(token.name);
      pieces_.root = std::string(WithoutPrefix(token.name));
      closed_ = token.kind == XmlKind::kEmptyElement || IsItem(pieces_.root, pieces_.root, 0);
    }
    if (IsItem(pieces_.root, WithoutPrefix(token.name), depth_)) {
      if (token.kind == XmlKind::kEmptyElement) {
        AddPiece(token.name, begin, scanner_.position(), LineAt(begin), absl::OkStatus());
      } else {
        CutItem(token.name, begin);
      }
      return true;
    }
    depth_ += token.kind == XmlKind::kStart ? 1 : 0;
    return false;
  }

  void CutItem(std::string_view name, size_t begin) {
    const int64_t line = LineAt(begin);
    std::vector<std::string_view> open;
    while (true) {
      const size_t at = scanner_.position();
      const auto token = scanner_.Next();
      if (!token.ok() || token->kind == XmlKind::kNothing) {
        const absl::Status fault = token.ok()
                                       ? absl::InvalidArgumentError("the document ends in the middle of the item")
                                       : absl::InvalidArgumentError(absl::StrCat(std::string(token.status().message()),
                                                                                 ", on line ", LineAt(at)));
        ResumeAtNext(name, token.ok() ? document_.size() : at);
        AddPiece(name, begin, scanner_.position(), line, fault);
        return;
      }
      if (token->kind == XmlKind::kStart && token->name == name && open.empty()) {
        scanner_.GoTo(at);
        AddPiece(name, begin, at, line, absl::InvalidArgumentError("the next item begins before this one has ended"));
        return;
      }
      if (token->kind == XmlKind::kEnd && token->name == name && std::count(open.begin(), open.end(), name) == 0) {
        AddPiece(name, begin, scanner_.position(), line, Checked(begin));
        return;
      }
      Track(*token, open);
      deepest_ = std::max(deepest_, open.size() + depth_);
    }
  }

  static void Track(const XmlToken& token, std::vector<std::string_view>& open) {
    if (token.kind == XmlKind::kStart && open.size() <= kMaxXmlDepth) {
      open.push_back(token.name);
    } else if (token.kind == XmlKind::kEnd && !open.empty()) {
      open.pop_back();
    }
  }

  absl::Status Checked(size_t begin) {
    const size_t deepest = std::exchange(deepest_, 0);
    if (deepest > kMaxXmlDepth) {
      return absl::InvalidArgumentError(absl::StrCat("elements nested deeper than ", kMaxXmlDepth, ", the limit"));
    }
    if (scanner_.position() - begin > kMaxItemBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("an item of ", scanner_.position() - begin, " bytes; the limit is ", kMaxItemBytes));
    }
    return absl::OkStatus();
  }

  // Goes on with the next item after a place that cannot be read.
  void ResumeAtNext(std::string_view name, size_t from) {
    const std::string mark = absl::StrCat("<", std::string(name));
    size_t at = document_.find(mark, from);
    while (at != std::string_view::npos && at + mark.size() < document_.size() &&
           std::string_view(" \t\r\n>").find(document_[at + mark.size()]) == std::string_view::npos) {
      at = document_.find(mark, at + 1);
    }
    scanner_.GoTo(std::min(at, document_.size()));
  }

  void AddPiece(std::string_view name, size_t begin, size_t end, int64_t line, absl::Status status) {
    deepest_ = 0;
    broken_ += status.ok() ? 0 : 1;
    if (broken_ > kMaxBrokenItems) {
      status = absl::InvalidArgumentError(absl::StrCat(
          "more than ", kMaxBrokenItems, " broken items, the limit; the rest of the document is not read"));
    }
    pieces_.items.push_back({std::string(name), begin, end, line, std::move(status)});
  }

  // Places asked for must not go back: counting from the beginning each time would cost quadratic time.
  int64_t LineAt(size_t at) {
    line_ += std::count(document_.begin() + static_cast<int64_t>(counted_),
                        document_.begin() + static_cast<int64_t>(at), '\n');
    counted_ = at;
    return line_;
  }

  const std::string_view document_;
  XmlScanner scanner_;
  XmlPieces pieces_;
  std::string root_name_;
  bool closed_ = false;  // the root
  int depth_ = 0;        // elements open outside of items
  size_t deepest_ = 0;   // inside the item at hand
  int broken_ = 0;
  size_t counted_ = 0;  // LineAt: up to here there are line_ lines
  int64_t line_ = 1;
};

}  // namespace

absl::StatusOr<XmlPieces> CutItems(std::string_view document) {
  return Cutter(document).Run();
}

}  // namespace broadsheet::cli
