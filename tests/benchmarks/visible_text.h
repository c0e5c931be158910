#pragma once

#include <string>
#include <string_view>

namespace broadsheet::benchmarks {

// All text of a page that a reader may see, one line for each block, in the order of the page: menus, teasers, buttons
// and footers as well as the article. What is left out is what browsers do not show: scripts, styles, templates, the
// head, form fields, and elements hidden by attribute or by their own style. No part of the service is used.
std::string VisibleText(std::string_view html);

}  // namespace broadsheet::benchmarks
