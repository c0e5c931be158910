#!/usr/bin/env bash
# Breaks each rule of deploy/lint in a copy of the tree, and sees that it is named.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tests/support/e2e.sh
source "$root/tests/support/e2e.sh"
for tool in git shellcheck clang-format; do
  command -v "$tool" >/dev/null || skip "there is no $tool; deploy/setup check installs it"
done

copy=$(mktemp -d)
out=$(mktemp)
trap 'rm -rf "$copy" "$out"' EXIT
mkdir -p "$copy/deploy/cli" "$copy"/{protos,common/base,ingest-service/archive,ingest-service/clean,search-service/query,tests,docs}
cp "$root/deploy/lint" "$copy/deploy/"
cp "$root/.clang-format" "$copy/"
cd "$copy"
git init -q
for folder in protos common ingest-service deploy tests; do
  echo "# $folder" >$folder/README.md
done

source_file() { # PATH, then its lines on standard input; named by a CMakeLists.txt beside it
  cat >"$1"
  basename "$1" >>"$(dirname "$1")/CMakeLists.txt"
}
source_file common/base/good.cc <<<'int good = 0;'
source_file ingest-service/archive/good.cc <<<'#include <sqlite3.h>'
mkdir common/text
echo 'broadsheet_library(text common/text TOGETHER' >common/text/CMakeLists.txt
names() { # PREFIX: a source with names of its own
  sed "s/@/$1/g" <<'END'
namespace {

constexpr int kMost@[] = {1};
using Place = int;

struct @Place final {
  int Get() { return kMost@[0]; }
};

int @Count(Place place) {
  return place;
}

}  // namespace
END
}
names One | source_file common/text/one.cc
names Two | source_file common/text/two.cc
echo '# search-service' >search-service/notes.md
{ deploy/lint 2>&1 || true; } | expect "a README is missed" '^search-service: has no README'
mv search-service/notes.md search-service/README.md
deploy/lint | expect "a clean tree is clean" '^deploy/lint: clean'

source_file ingest-service/clean/grpc.cc <<<'#include <grpcpp/grpcpp.h>'
source_file ingest-service/clean/xapian.cc <<<'#include <xapian.h>'
source_file ingest-service/clean/sqlite.cc <<<'#include <sqlite3.h>'
source_file ingest-service/clean/log.cc <<<'#include <spdlog/spdlog.h>'
source_file ingest-service/clean/peek.cc <<<'#include "search/query/parse.h"'
source_file search-service/query/peek.cc <<<'#include "ingest/clean/clean.h"'
source_file common/base/peek.cc <<<'#include "ingest/clean/clean.h"'
source_file deploy/cli/peek.cc <<<'#include "search/query/parse.h"'
source_file common/base/guard.h <<<'int x;'
source_file common/base/macro.cc <<<'#define LEAVE(x) return x'
source_file common/base/later.cc <<<"// TO""DO: later"
source_file common/base/format.cc <<<'int   x ;'
names One | source_file common/text/same.cc
source_file common/text/given.h <<<'int TwoCount(int place);'
seq 401 | sed 's/.*/\/\/ line/' | source_file common/base/long.cc
echo 'int x;' >common/base/unlisted.cc
mkdir ingest-service/odd
echo 'int x;' >ingest-service/odd/odd.cc
echo 'text' >docs/page.md
printf '#!/usr/bin/env bash\necho %s\n' "\$1" >deploy/script

if deploy/lint >"$out" 2>&1; then
  fail "lint passes a tree with every fault"
fi
while read -r line; do
  expect "$line" "$line" <"$out"
done <<'END'
^ingest-service/clean/grpc.cc:1: grpc headers
^ingest-service/clean/xapian.cc:1: xapian.h
^ingest-service/clean/sqlite.cc:1: sqlite3.h
^ingest-service/clean/log.cc:1: spdlog
^ingest-service/clean/peek.cc:1: ingest does not see search
^search-service/query/peek.cc:1: search does not see ingest
^common/base/peek.cc:1: common sees neither
^deploy/cli/peek.cc:1: the command talks gRPC only
^common/base/guard.h:1: no #pragma once
^common/base/macro.cc:1: a macro that returns
^common/base/later.cc:1: unfinished work
^common/base/format.cc:1: not formatted
^common/base/long.cc:401: longer than 400
^common/text/same.cc:3: kMostOne is also one of common/text/one.cc
^common/text/same.cc:6: OnePlace is also one of common/text/one.cc
^common/text/same.cc:10: OneCount is also one of common/text/one.cc
^common/text/two.cc:10: TwoCount is also one of common/text/given.h
^common/base/unlisted.cc: no CMakeLists.txt names it
^ingest-service/odd: has sources and no CMakeLists.txt
^docs: does not belong at the top
^deploy/script:.*SC2086
^deploy/script:1: no 'set -euo pipefail'
^deploy/script:1: not executable
END
