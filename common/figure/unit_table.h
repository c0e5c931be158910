#pragma once

#include <span>
#include <string_view>

#include "common/figure/figure.h"

// The units that are known. Internal to unit.cc.
namespace broadsheet {

struct UnitRow {
  FigureKind kind;
  std::string_view unit;   // as it is shown; can itself be read
  std::string_view words;  // separated by '|', in all nine languages
};

std::span<const UnitRow> UnitRows();

// Signs before a number and their currencies. "$" and "¥" and words such as "pesos" depend on the region.
struct CurrencySign {
  std::string_view sign;
  std::string_view currency;
};
std::span<const CurrencySign> CurrencySigns();

// ISO 4217 codes in capitals, with a space on each side.
std::string_view CurrencyCodes();

// What a word of money means in a region.
struct RegionalCurrency {
  std::string_view words;    // "dollar|dollars|$"
  std::string_view regions;  // with a space on each side; empty: anywhere else
  std::string_view currency;
};
std::span<const RegionalCurrency> RegionalCurrencies();

}  // namespace broadsheet
