# Prints what a look at a host finds, a fact a line. Changes nothing there; the server's own check reads a throw-away copy.
#
# Called with: ROOT LOG PORT VALIDATE HEALTH; what is not to be looked at is empty.
ROOT=$1 LOG=$2 PORT=$3
export ROOT LOG PORT

# tried NAME COMMAND
tried() {
  [ -n "$2" ] || return 0
  if said=$(sh -c "$2" </dev/null 2>&1); then echo "$1 ok"; else echo "$1 failed $(printf '%s\n' "$said" | tail -n 1)"; fi
}

echo "clock $(date +%s)"

# Where sudo alone may touch the files, this account's view of them says nothing.
if [ -z "$as" ]; then
  if [ ! -d "$ROOT" ]; then echo "root missing"
  elif [ ! -r "$ROOT" ] || [ ! -x "$ROOT" ]; then echo "root unreadable"
  elif [ ! -w "$ROOT" ]; then echo "root unwritable"
  else echo "root fine"
  fi
fi

if [ -n "$LOG" ]; then
  if [ -d "$LOG" ]; then echo "log folder"
  elif [ ! -e "$LOG" ]; then echo "log missing"
  elif [ ! -r "$LOG" ]; then echo "log unreadable"
  else echo "log fine"
  fi
fi

free=$(df -Pk "$s" 2>/dev/null | awk 'NR == 2 { print $4 }')
need=$(du -sk "$ROOT" 2>/dev/null | awk '{ print $1 }')
echo "room ${free:-0} ${need:-0}"

if [ -z "$as" ] && [ -d "$ROOT" ] && CANDIDATE=$(mktemp -d); then
  export CANDIDATE
  trap 'rm -rf "$CANDIDATE"' EXIT
  cp -a "$ROOT/." "$CANDIDATE" 2>/dev/null && tried validate "$4"
fi
tried health "$5"
