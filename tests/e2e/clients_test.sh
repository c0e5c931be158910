#!/usr/bin/env bash
# The example clients of deploy/clients, generated and run against the real services. A language whose tools or packages
# are missing is SKIPPED with the reason; the test as a whole is skipped only when none could run.
# usage: clients_test.sh BIN-DIRECTORY
set -euo pipefail
bin=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=deploy/services.sh
source "$root/deploy/services.sh"
# shellcheck source=tests/support/e2e.sh
source "$root/tests/support/e2e.sh"
clients=$(dirname "$bin")/clients # what is generated and installed stays here for the next run
patience=400                      # seconds for the first installation of one language

newer_than() { # LEAST VERSION
  [[ $(printf '%s\n' "$1" "$2" | sort -V | head -1) == "$1" ]]
}

# Says why a language cannot run here; silent when it can.
lack_of() { # LANGUAGE
  case $1 in
    python)
      command -v python3 >/dev/null || { echo "there is no python3" && return; }
      python3 -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null ||
        echo "python3 is older than 3.9 or has no venv (python3-venv)" ;;
    go)
      command -v go >/dev/null || { echo "there is no Go" && return; }
      command -v protoc >/dev/null || { echo "there is no protoc" && return; }
      newer_than go1.24 "$(GOTOOLCHAIN=local go env GOVERSION)" ||
        echo "Go is older than 1.24: $(GOTOOLCHAIN=local go env GOVERSION)" ;;
    node)
      command -v node >/dev/null || { echo "there is no Node.js" && return; }
      command -v npm >/dev/null || { echo "there is no npm" && return; }
      newer_than v18 "$(node --version)" || echo "Node.js is older than 18: $(node --version)" ;;
  esac
}

# A copy of the example in the build directory, with what it generates. Fails when a registry cannot be reached.
prepare() { # LANGUAGE
  mkdir -p "$clients"
  cp -r "$root/deploy/clients/$1" "$clients/"
  timeout "$patience" "$clients/$1/generate" "$root/protos" >"$clients/$1.log" 2>&1 || return
  [[ $1 != go ]] || (cd "$clients/go" && timeout "$patience" go build -o client . >>"$clients/go.log" 2>&1)
}

run_client() { # LANGUAGE
  # shellcheck disable=SC2154  # set by start_services
  case $1 in
    python) timeout 60 "$clients/python/.venv/bin/python" "$clients/python/client.py" "$ingest_address" "$search_address" ;;
    go) timeout 60 "$clients/go/client" "$ingest_address" "$search_address" ;;
    node) timeout 60 node "$clients/node/client.js" "$ingest_address" "$search_address" ;;
  esac
}

# Every client prints the same, but for outcomes: the first one creates the articles, the others change nothing.
check_client() { # LANGUAGE OUTCOME
  local output
  output=$(run_client "$1" 2>&1) || fail "$1: the client ended with code $?:
$output"
  diff <(sed "s/: OUTCOME$/: OUTCOME_$2/" "$root/tests/e2e/clients_output.txt") - <<<"$output" ||
    fail "$1: the client prints something else"
  echo "ok: the client in $1 writes, finds, pages, exports and understands errors"
}

data=$(mktemp -d)
trap 'stop_services; rm -rf "$data"' EXIT
start_services "$bin" "$data"
export GOTOOLCHAIN=local GOFLAGS=-buildvcs=false
outcome=CREATED
for language in python go node; do
  why=$(lack_of "$language")
  if [[ -z $why ]] && ! prepare "$language"; then
    grep -qiE 'resolve|connect|network|timed? ?out|unreachable|EAI_AGAIN|ENOTFOUND|ECONN|dial tcp|No matching distribution' \
      "$clients/$language.log" || fail "$language: it cannot be generated: $(tail -20 "$clients/$language.log")"
    why="its packages cannot be fetched: $(tail -1 "$clients/$language.log")"
  fi
  if [[ -n $why ]]; then
    echo "SKIPPED: $language: $why"
    continue
  fi
  check_client "$language" "$outcome"
  outcome=UNCHANGED
done
expect_clean_end "$data"
[[ $outcome == UNCHANGED ]] || skip "none of the clients could run"
