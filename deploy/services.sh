# shellcheck shell=bash
# Sourced by scripts that need a pair of services on loopback. Not a command.
#
#   start_services BIN DATA_DIR   starts both on free ports; sets ingest_address, search_address, ingest_pid, search_pid
#   stop_services                 SIGTERM, and waits until both have drained

# Waits until a service says in its log where it listens, and prints that.
listen_address() { # PID LOG
  local address
  for _ in $(seq 300); do
    address=$(sed -n 's/.*listening address="\(.*\)"$/\1/p' "$2" | tail -1)
    if [[ -n $address ]]; then
      printf '%s\n' "$address"
      return 0
    fi
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  echo "the service did not come up; its log, $2, says:" >&2
  tail -5 "$2" >&2
  return 1
}

start_ingest() { # BIN DATA_DIR [LISTEN]
  "$1/ingest-service" --data-dir "$2" --listen "${3:-127.0.0.1:0}" 2>"$2/ingest.log" &
  ingest_pid=$!
  ingest_address=$(listen_address "$ingest_pid" "$2/ingest.log")
}

start_search() { # BIN DATA_DIR
  "$1/search-service" --index-dir "$2/index" --listen 127.0.0.1:0 2>"$2/search.log" &
  search_pid=$!
  search_address=$(listen_address "$search_pid" "$2/search.log")
}

wait_until_healthy() { # BIN SERVICE
  for _ in $(seq 100); do
    "$1/broadsheet" --ingest "$ingest_address" --search "${search_address:-$ingest_address}" health "$2" \
      >/dev/null && return 0
    sleep 0.1
  done
  "$1/broadsheet" --ingest "$ingest_address" --search "${search_address:-$ingest_address}" health "$2" >&2
}

start_services() { # BIN DATA_DIR
  mkdir -p "$2"
  start_ingest "$1" "$2"
  start_search "$1" "$2"
  wait_until_healthy "$1" ingest
  wait_until_healthy "$1" search
}

stop_services() {
  local pid
  for pid in ${search_pid:-} ${ingest_pid:-}; do
    kill -TERM "$pid" 2>/dev/null && wait "$pid" || true
  done
  search_pid='' ingest_pid=''
}
