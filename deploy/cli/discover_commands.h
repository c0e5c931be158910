#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/search_request.h"

// The commands that find more: similar, suggest, about, trends.
namespace broadsheet::cli {

struct DiscoverOptions {
  SearchOptions search;  // its words, filters, limit and json
  std::string text;      // similar: instead of an article
  std::string baseline_since, baseline_until;
  bool with_copies = false, hide_copies = false;
  std::vector<std::string> kinds;
};

void AddDiscoverCommands(CLI::App& app, DiscoverOptions& options);

// Whether `app` was asked for one of them.
bool WantsDiscovery(const CLI::App& app);

ExitCode RunDiscovery(const CLI::App& app, const DiscoverOptions& options, const Services& services, Colour colour,
                      const Terminal& terminal);

}  // namespace broadsheet::cli
