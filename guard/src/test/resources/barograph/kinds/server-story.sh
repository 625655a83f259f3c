# Plays a real server through what the guard does with it, in a mount namespace of its own: the folder $STORY/root stands
# where the kind's files usually are, and /run is empty. Says each step and its exit code.
set -u
mount -t tmpfs tmpfs /run || exit 99
mkdir -p "$ROOT" && mount --bind "$STORY/root" "$ROOT" || exit 99
export ROOT PORT DID SINCE CANDIDATE="$STORY/candidate" LOG="$STORY/log"
PATH=$STORY/programs:$PATH:/usr/sbin:/sbin
SINCE=0 DID=RELOAD

step() { # NAME COMMAND-FILE
  sh "$STORY/$2" >>"$STORY/said" 2>&1
  echo "$1: $?"
}
now() { awk '{ printf "%d", $1 * 100 + 1 }' /proc/uptime; }
up() {
  tries=0
  until sh "$STORY/health"; do
    [ "$((tries += 1))" -lt 100 ] || { echo "it does not come up"; cat "$STORY/log" "$STORY/said"; exit 98; }
    sleep 0.1
  done
}
trap 'sh "$STORY/stop" >/dev/null 2>&1' EXIT

. "$STORY/start" >>"$STORY/said" 2>&1
up
cp -a "$ROOT/." "$CANDIDATE"
step "a good candidate" validate
sh "$STORY/break" "$CANDIDATE"
step "a broken candidate" validate
if [ -f "$STORY/reload" ]; then
  sleep 0.05
  SINCE=$(now)
  step "loaded before a reload" loaded
  step "reload" reload
  step "loaded after it" loaded
  up
  sh "$STORY/break" "$ROOT"
  step "reload of broken files" reload
  step "and it is still up" health
fi
