# shellcheck shell=bash
# Sourced by the end-to-end scripts.

skip() { # REASON
  echo "SKIPPED: $1"
  exit 77
}

fail() { # REASON
  echo "FAILED: $1" >&2
  exit 1
}

# Sets `grpcurl`, or skips the test; the program is built once and kept outside the repository.
find_grpcurl() {
  local version=v1.9.3
  grpcurl=$(command -v grpcurl || true)
  [[ -z $grpcurl ]] || return 0
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/broadsheet/grpcurl-$version
  grpcurl=$cache/grpcurl
  [[ ! -x $grpcurl ]] || return 0
  command -v go >/dev/null || skip "there is neither grpcurl nor Go to build it with"
  local go_version
  go_version=$(go env GOVERSION)
  [[ $(printf '%s\n' go1.24 "$go_version" | sort -V | head -1) == go1.24 ]] ||
    skip "grpcurl $version needs Go 1.24, and here is $go_version"
  mkdir -p "$cache"
  GOTOOLCHAIN=local GOBIN=$cache go install "github.com/fullstorydev/grpcurl/cmd/grpcurl@$version" >"$cache/log" 2>&1 ||
    skip "grpcurl could not be built: $(tail -1 "$cache/log")"
}

# The text of standard input must match a pattern; it is shown when it does not.
expect() { # WHAT PATTERN
  local text
  text=$(cat)
  grep -Eq -- "$2" <<<"$text" || fail "$1: no /$2/ in:
$text"
  echo "ok: $1"
}

# Ends both services. Each must end well: one in which a sanitizer found something does not.
# shellcheck disable=SC2154  # set by start_services
expect_clean_end() { # DATA_DIR
  local service pid
  for service in search ingest; do
    pid=$search_pid
    [[ $service == search ]] || pid=$ingest_pid
    kill -TERM "$pid" || fail "$service-service had ended by itself: $(tail -50 "$1/$service.log")"
    wait "$pid" || fail "$service-service ended with code $?: $(tail -50 "$1/$service.log")"
  done
  search_pid='' ingest_pid=''
  echo "ok: both services end well"
}

# Articles that differ, one a line as JSON; enough text that a stream of some thousands lasts for seconds.
make_articles() { # COUNT
  awk -v count="$1" 'BEGIN {
    split("harbour ferry levy dam crack plant quake cup final tide river mayor bus school bridge", word, " ")
    for (i = 1; i <= count; ++i) {
      text = ""
      for (j = 0; j < 120; ++j) text = text " " word[1 + (i * 7 + j * j * 3 + j) % 15] (j % 9 ? "" : i)
      printf "{\"id\": \"made-%d\", \"title\": \"Zephyrine report %d\", \"text\": \"Report %d.%s\"}\n", i, i, i, text
    }
  }'
}

# Every result in BEFORE must stand in AFTER as UNCHANGED under the same sequence: what was acknowledged is there.
expect_nothing_lost() { # BEFORE AFTER
  jq -r '.result | select(.sequence != null) | "\(.articleId) \(.sequence)"' "$1" | sort >"$1.ids"
  jq -r '.result | select(.outcome == "OUTCOME_UNCHANGED") | "\(.articleId) \(.sequence)"' "$2" | sort >"$2.ids"
  local lost
  lost=$(comm -23 "$1.ids" "$2.ids")
  [[ -z $lost ]] || fail "acknowledged and not there: $lost"
  echo "ok: $(wc -l <"$1.ids") articles were acknowledged before the kill, none of them was lost"
}

# Waits until a file has so many lines, as long as a process lives.
wait_for_lines() { # FILE COUNT PID
  until [[ -f $1 ]] && (($(wc -l <"$1") >= $2)); do
    kill -0 "$3" 2>/dev/null || fail "the load ended before it had $2 results"
    sleep 0.01
  done
}
