# What the commands of a kind, and of a server's entry, may call besides the host's own programs.

# in_place 'COMMAND': runs it with the candidate in the live folder's place, in a mount namespace of its own: files that
# name each other by absolute paths, and links, then mean the candidate, and the server's own user can reach it. Where no
# such namespace may be made, it runs over a throw-away copy, which is $ROOT then and in which every mention of the live
# folder is rewritten. The live folder is never touched.
in_place() {
  export ROOT CANDIDATE
  if unshare -m mount --bind "$CANDIDATE" "$ROOT" 2>/dev/null; then
    # shellcheck disable=SC2016 # the inner shell expands them
    unshare -m sh -c 'mount --bind "$CANDIDATE" "$ROOT" && exec sh -c "$1"' sh "$1"
    return
  fi
  copy=$(mktemp -d) && trap 'rm -rf "$copy"' EXIT && chmod 711 "$copy" && cp -a "$CANDIDATE/." "$copy" || return 1
  live=$(printf %s "$ROOT" | sed 's/[^A-Za-z0-9/_-]/\\&/g')
  find "$copy" -type f -exec sed -i "s|$live|$copy|g" {} + || return 1
  find "$copy" -type l -lname "$ROOT/*" | while IFS= read -r link; do
    to=$(readlink "$link") && ln -sfn "$copy${to#"$ROOT"}" "$link" || exit 1
  done || return 1
  ROOT=$copy sh -c "$1"
}

# listens tcp | listens udp: whether somebody serves $PORT.
listens() {
  awk -v port=":$(printf %04X "$PORT")" -v state="$([ "$1" = udp ] && echo 07 || echo 0A)" \
    'substr($2, length($2) - 4) == port && $4 == state { up = 1 } END { exit !up }' \
    "/proc/net/$1" "/proc/net/${1}6" 2>/dev/null
}

# fresh NAME PID [CHILD]: whether this process has begun since $SINCE, or one of its children of that name (* is any):
# then it has read its files anew.
fresh() {
  processes=$2
  [ $# -lt 3 ] || processes=$(cat "/proc/$2/task/"*/children)
  for process in $processes; do
    # shellcheck disable=SC2254 # * is meant as a pattern
    case $(cat "/proc/$process/comm" 2>/dev/null) in '') continue ;; ${3:-*}) ;; *) continue ;; esac
    began=$(sed 's/.*) //' "/proc/$process/stat" 2>/dev/null | cut -d ' ' -f 20)
    [ "${began:-0}" -lt "$SINCE" ] || return 0
  done
  echo "$1 (process $2) runs on with what it had read before"
  return 1
}

# anew NAME PIDFILE CHILD: waits five seconds at most until the process in PIDFILE is fresh after a restart, or one of its
# children of that name after a reload, which goes on when the command that asked for it has long ended.
anew() {
  tries=0
  while :; do
    pid=$(cat "$2") || return 1
    if [ "$DID" = RESTART ]; then said=$(fresh "$1" "$pid"); else said=$(fresh "$1" "$pid" "$3"); fi && return
    [ "$((tries += 1))" -lt 50 ] || { echo "$said"; return 1; }
    sleep 0.1
  done
}

# restart_service NAME: restarts a service as this host manages its services.
restart_service() {
  if [ -d /run/systemd/system ]; then systemctl restart "$1"; else service "$1" restart; fi
}
