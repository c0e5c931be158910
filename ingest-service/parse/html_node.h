#pragma once

#include <libxml/tree.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"

// Reading libxml2's tree. HTML element names are lower case there.
namespace broadsheet::ingest {

using NameSet = absl::flat_hash_set<std::string_view>;

inline std::string_view Name(const xmlNode* node) {
  return reinterpret_cast<const char*>(node->name);
}

inline std::string_view Content(const xmlNode* node) {
  return node->content != nullptr ? reinterpret_cast<const char*>(node->content) : std::string_view();
}

inline bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

inline bool HasElementBefore(const xmlNode* node) {
  for (const xmlNode* other = node->prev; other != nullptr; other = other->prev) {
    if (other->type == XML_ELEMENT_NODE) return true;
  }
  return false;
}

// An attribute's value; empty when there is none. `name` is lower case.
std::string Attribute(const xmlNode* node, std::string_view name);

// The text inside a node in one line, at most about a kilobyte of it, without the elements that `leaves_out` names.
std::string LineOf(const xmlNode* node, bool (*leaves_out)(const xmlNode*) = nullptr);

// An element's classes and id in lower case, at most a few hundred bytes of them.
std::string NamesOf(const xmlNode* node);

bool ContainsAny(std::string_view text, std::initializer_list<std::string_view> words);

// Calls `enter` with a node and those inside it in document order; it says whether to go inside.
template <typename Enter>
void Walk(const xmlNode* root, Enter enter) {
  for (const xmlNode* node = root; node != nullptr;) {
    if (enter(node) && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr)
      node = node->parent;
    node = node == root ? nullptr : node->next;
  }
}

}  // namespace broadsheet::ingest
