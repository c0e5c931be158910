#pragma once

#include <string_view>

// Words that decide what is a name. Internal to FindProperNames. All in lower case; thread-safe.
namespace broadsheet::ingest {

// Begins sentences, and is no part of a name wherever it stands: "However", "Monday", "The".
bool IsNoName(std::string_view word);

// Stands before the name of a person: "President", "Sen.", "Mr.".
bool IsTitle(std::string_view word);

// No name when it stands alone: months, "American".
bool IsNoNameAlone(std::string_view word);

// Ends no name: "Democrat" in "Alder Democrat".
bool IsMember(std::string_view word);

// Goes between the words of a name: "von", "al", "bin".
bool IsParticle(std::string_view word);

// Goes between a particle and a name: the "der" of "von der Brenn".
bool IsSecondParticle(std::string_view word);

// What an organisation or place is, before "of": "Department", "University", "Gulf".
bool IsHeadOfName(std::string_view word);

// Initials that are no part of the name after them: "U.S.".
bool IsCountryInitials(std::string_view word);

// Written with a period that ends no sentence: "Jr", "St".
bool IsAbbreviated(std::string_view word);

}  // namespace broadsheet::ingest
