#!/bin/sh
# Barograph's guard: the one part of Barograph that runs on a login server's own host. It keeps a copy of the server's
# configuration, puts a change in place, and puts everything back by itself when nobody confirms the change in time.
#   guard.sh snapshot|apply|renew|confirm|rollback|look SERVER CHANGE <order
#   guard.sh boot            for a hook at boot: ends the leases of before, on all servers of this host
#   guard.sh watch SERVER    the dead man's timer; the guard starts it by itself
# An order is lines KEY=VALUE (\n and \\ stand for a line end and a backslash), an empty line, and for apply the edit: a
# tar archive or a patch. Times are hundredths of a second. The answer is one line of JSON.
# $BAROGRAPH_STATE/SERVER/changes/CHANGE has: journal (how far it is; why it is rolled back; the answer), order, lease
# (boot id and uptime of its end), tree and candidate (the old and the new folder) with a list of all facts about each,
# taken (while the server may have taken over the new files), under (the change below it), kept (what a hand changed).
# Any command may be the last one before a kill. That does no harm, because: the journal says APPLYING and the timer
# runs before the first live file moves; each step may be done twice; putting back looks at what differs, not at what
# was done; and the lock dies with its holder and the holder's children, no sooner.
# shellcheck disable=SC2317,SC2015 # "try" calls functions by name; A && B || C is meant so
set -u; umask 066 # others may pass through folders: a server that drops its rights must reach the candidate
export LC_ALL=C QUOTING_STYLE=literal
us=$(printf '\037') rs=$(printf '\036') nl=$(printf '\n.') nl=${nl%.}
json() { # SEPARATOR: joins the lines on standard input as the inside of a JSON string, without control characters
  awk -v separator="$1" '(size += length($0)) < 60000 { gsub(/\t/, " "); gsub(/\036/, "?"); gsub(/[\001-\037\177]/, "")
    gsub(/[\\"]/, "\\\\&"); printf "%s%s", (NR > 1 ? separator : ""), $0 }'
}
quoted() { printf '"%s"' "$(printf '%s\n' "$1" | json '\\n' || echo '(unsaid: awk failed)')"; } # TEXT
say() { # PATHS: each with or without KIND US before it, for a person
  printf '%s\n' "$1" | sed "s/^[^$us]*$us//; s/^\\.\\///; s/$rs/?/g" | sort -u | awk '
    NR <= 20 { printf "%s%s", (NR > 1 ? ", " : ""), $0 } END { if (NR > 20) printf " and %d more", NR - 20 }'
}
refuse() { printf '{"receipt":"Refused","reason":"%s","detail":%s}\n' "$1" "$(quoted "$2")"; exit 0; } # REASON DETAIL
try() { trouble=$("$@" 2>&1); } # COMMAND: a tool's words go to $trouble
part() { "$@" || echo failed >&3; } # COMMAND: of a pipeline, whose end alone tells nothing of the others
fail() { refuse TROUBLE "$1: $trouble"; } # WHAT: the controller knows the reason by the tool's words
has() { command -v "$1" >/dev/null; } # TOOL
now() { read -r now _ </proc/uptime; now=$((${now%.*} * 100 + 1${now#*.} - 100)); } # since boot: nobody sets that clock
left() { # sets left: what is left of the change's lease, 0 when it is over; and lease_boot
  lease_boot='' lease_end=0 left=0; now; [ ! -f "$c/lease" ] || read -r lease_boot lease_end <"$c/lease"
  if [ "$lease_boot" = "$boot" ] && [ "$lease_end" -gt "$now" ]; then left=$((lease_end - now)); fi
}
# FILE TEXT: whole or not at all, even after a power cut: the content comes onto the disk before the name.
put() { printf '%s\n' "$2" >"$1.new" && sync "$1.new" && mv -f "$1.new" "$1"; }
note() { put "$c/journal" "$1$nl$(printf '%s' "$2" | tr '\n' ' ')$nl$3" && sync "$c" "$home"; } # STATE WHY ANSWER
set_lease() { now; put "$c/lease" "$boot $((now + lease))"; }
load() { # CHANGE: makes it the one that is worked on
  c=$home/changes/$1 state=NONE why='' answer=''
  [ ! -f "$c/journal" ] || { read -r state && IFS= read -r why && IFS= read -r answer; } <"$c/journal"
}
load_current() { current=-; [ ! -f "$home/current" ] || read -r current <"$home/current"; load "$current"; } # the last
open() { case $state in APPLYING | APPLIED | ROLLING_BACK) ;; *) false ;; esac }
lock() { # SECONDS to wait for it
  left=$(($1 * 10)); exec 9>>"$home/lock"; until flock -n 9; do [ "$((left -= 1))" -ge 0 ] || return 1; sleep 0.1; done
}
read_order() { # from standard input, to the empty line
  order='' root='' filter='' validate='' activate='' did=RELOAD restart='' health='' port='' digest='' edits='' patch=''
  gap=0 limit=6000 lease=0 size=0 wait=2000 loaded='' log='' hook='' since=0 inspect=''
  while IFS= read -r line; do
    if [ -z "$line" ]; then stage=$root/.barograph-stage; return 0; fi # in it, as renames stay in one file system
    order=$order$line$nl value=${line#*=}
    case $value in *\\*) value=$(printf '%b.' "$value") value=${value%.} ;; esac
    key=${line%%=*}
    case $key in
    filter) filter=$filter$value$nl ;; put | remove) edits=$edits$key$us$value$nl ;;
    root | validate | activate | did | restart | health | loaded | inspect | hook | log | port | digest | patch | \
      gap | limit | lease | size | wait) eval "$key=\$value" ;; esac
  done; return 1
}
# --- Folders, told as lists of facts. Paths begin with ./, and a line end in one is written RS ---
chosen() ( # FOLDER ARGUMENTS: find, over all that belongs to the configuration
  cd "$1" || exit; shift; set -f; IFS=$nl
  # shellcheck disable=SC2086 # the order's own arguments for find, one to a line
  find . -name .barograph-stage -prune -o $filter \( "$@" \)
)
lines() { tr '\n\000' '\036\n'; }; nul() { tr '\n\036' '\000\n'; } # from paths that are each ended by NUL, and back
paths() { # FOLDER ARGUMENTS: those that find chooses
  found=$({ chosen "$@" -print0 && printf '!\0'; } | lines) # what failed has no end
  case $found in *!) printf '%s' "${found%!}" ;; *) return 1 ;; esac
}
# FOLDER: what is true of everything in it, one fact to a line: path, US, fact.
# d, t: folder, its time; f, h, l, x: other file, hash of its content, first of its hard links, attribute or ACL.
list() {
  other="%n${us}%d:%i${us}f %f %u %g %s %t:%T %.9Y %N\\0"
  facts=$({
    { chosen "$1" -type d -exec stat --printf "%n${us}d %f %u %g\\0%n${us}t %.9Y\\0" {} + -o ! -type f -exec stat \
      --printf "$other" {} + -o -exec stat --printf "$other" {} + -exec sha256sum -z {} + && printf '!\0'; } | lines |
      awk -F "$us" -v OFS="$us" '
        NF == 1 && $0 != "!" { print substr($0, 67), "h " substr($0, 1, 64); next }
        $2 ~ /^[0-9]+:/ { i = $2; sub(OFS i, ""); inode[$1] = i; if (!links[i]++ || $1 < first[i]) first[i] = $1 }
        { print }
        END { for (p in inode) if (links[inode[p]] > 1) print p, "l " first[inode[p]] }'
    { if has getfattr; then chosen "$1" -exec getfattr -h -d -m - -e hex {} +
      elif has getfacl; then chosen "$1" ! -type l -exec getfacl -n -s -p {} +; fi && echo !; } | awk -v OFS="$us" '
      /^# file: / { p = substr($0, 9); gsub(/\\012/, "\036", p); gsub(/\\015/, "\r", p); gsub(/\\134/, "\\", p) }
      !/^(#|$|!)/ { print (p == "." || p ~ /^\.\// ? p : "./" p), "x " $0 } $0 == "!"'
  } | sort)$nl
  case $facts in "!$nl!$nl"*) printf '%s' "${facts#"!$nl!$nl"}" ;; *) return 1 ;; esac # else something failed
}
read_live() { live=$(list "$root" 2>/dev/null) || { try list "$root" && live=$trouble; }; }
see() { read_live || fail "$root cannot be read"; }
hash() { sum=$(sha256sum) && printf '%s' "${sum%% *}"; }; manifest() { manifest=$(printf '%s\n' "$live" | hash); }
# LIST: what to do so that the list on standard input becomes LIST, as lines KIND US PATH: +f +d new, ~f changed,
# =d other facts, =t another time only, -f -d to go. What is to turn from file to folder comes twice.
compare() {
  todo=$(awk -F "$us" '
    { fact = substr($0, length($1) + 2) "\n"; if (wanted) want[$1] = want[$1] fact; else have[$1] = have[$1] fact }
    END {
      for (p in have) if (!(p in want) || dir(want[p]) != dir(have[p])) print (dir(have[p]) ? "-d" : "-f") FS p
      for (p in want) if (want[p] != have[p] && link(want[p])) torn[link(want[p])] # hard links come together
      for (p in want) if (want[p] != have[p] || link(want[p]) in torn)
        if (!dir(want[p])) print (have[p] == "" || dir(have[p]) ? "+f" : "~f") FS p
        else print (!dir(have[p]) ? "+d" : timeless(want[p]) == timeless(have[p]) ? "=t" : "=d") FS p }
    function dir(facts) { return facts ~ /^d/ }
    function link(facts) { return match(facts, /\nl [^\n]*/) ? substr(facts, RSTART, RLENGTH) : "" }
    function timeless(facts) { sub(/\nt [^\n]*\n/, "\n", facts); return facts }' wanted=1 "$1" wanted=0 -) || return
  [ -z "$todo" ] || printf '%s\n' "$todo" | sort
}
differs() { printf '%s\n' "$live" | compare "$1"; } # LIST: what to do so that the live folder becomes it
drift() { plan=$(differs "$c/tree.list") && plan=$(printf '%s\n' "$plan" | sed '/^=t/d'); } # sets plan
only() { printf '%s\n' "$plan" | sed -n "s/^$1$us//p"; } # KINDS: their paths in $plan
carry() { # FROM TO: copies the paths on standard input, with all they have
  failed=$({ part nul | part tar -C "$1" -c --null --no-recursion -T - -S --format=posix --acls --xattrs --selinux \
    --xattrs-include='*' | tar -C "$2" -x -p --acls --xattrs --xattrs-include='*' --selinux; } 3>&1) && [ -z "$failed" ]
}
each() { # KINDS FOLDER COMMAND: in the folder, with their paths in $plan as its arguments
  failed=$({ part only "$1" | part nul | (cd "$2" && shift 2 && xargs -0 -r "$@"); } 3>&1) && [ -z "$failed" ]
}
# --- Making the live folder equal to a list ---
settle() { # FOLDER: has what FOLDER.list tells. Fails with $trouble; sets live and manifest
  for turn in 1 2 3 4 5; do
    read_live && plan=$(differs "$1.list") || continue
    if [ -z "$plan" ]; then { [ "$state" = APPLYING ] || tidy; } && manifest; return; fi
    keep_aside || { trouble="what a hand changed cannot be kept aside: $trouble"; continue; }
    try carry_out "$1" || :
    trouble="these differ: $(say "$plan"). $trouble"
  done; return 1
}
carry_out() { # FOLDER: does what $plan says; all space is taken before the first file moves
  from=$stage/new; rm -rf "$from"; mkdir -p "$stage" && chmod 700 "$stage"
  if [ "$state" = ROLLING_BACK ] && [ -d "$stage/old" ]; then from=$stage/old # the very files of before: no space
  else case $plan in *[+~]f"$us"*) # after an apply nobody needs the candidate: second links will do
    mkdir "$from" && { { [ "$state" = APPLYING ] && each '[+~]f' "$1" cp -al --parents -t "$from" -- 2>/dev/null; } ||
      only '[+~]f' | carry "$1" "$from"; } || return ;; esac
  fi
  # Where a file cannot have a second link the snapshot will do; in a rollback, the link puts off the freeing of space.
  aside=$c/candidate; [ "$state" = ROLLING_BACK ] || aside=$stage/old
  mkdir -p "$aside" && each '[~-]f' "$root" cp -aln --parents -t "$aside" -- 2>/dev/null
  only '+d' | carry "$1" "$root"
  if [ -d "$from" ] && { move_in "$from" || [ "$turn" = 3 ]; }; then rm -rf "$from"; fi
  each -f "$root" rm -f --
  plan=$(printf '%s\n' "$plan" | sort -r) && each -d "$root" rmdir -- # what lies deeper goes first
  sed -n "s/${us}d .*//p" "$1.list" | carry "$1" "$root" # last, as each step above sets the time of a folder
}
move_in() ( # FOLDER: all its files, one mv for each of its folders. As find takes {} only once, $all has the other
  cd "$1" && to=$root all={} find . -type d -exec sh -c 'bad=; for sub do
    find "$sub" -maxdepth 1 ! -type d -exec mv -f -t "$to/$sub" -- "$all" + || bad=1; done; [ -z "$bad" ]' sh {} +
)
keep_aside() { # copies what neither the snapshot nor the change put there, and was not kept already
  try touch "$c/kept.facts" && [ -r "$c/tree.list" ] && [ -r "$c/candidate.list" ] || return
  by_hand=$(printf '%s\n' "$live" | awk -F "$us" '
    side == "kept" { kept[$0] }
    $2 !~ /^[tl] / { fact[side, $1] = fact[side, $1] $0 "\n"; if (side == "live" && !($0 in kept)) fresh[$1] }
    END { for (p in fresh) { f = fact["live", p]; if (f != fact["old", p] && f != fact["new", p]) printf "%s", f } }
    ' side=old "$c/tree.list" side=new "$c/candidate.list" side=kept "$c/kept.facts" side=live -) || return
  [ "$by_hand" ] || return 0
  kept=$(printf '%s\n' "$by_hand" | sort | hash) && when=$(stat -c %Y "$c/tree.list") || return
  kept=$c/kept/$when-${kept%"${kept#????????????}"} trouble="something changes files all the time: $c/kept has many"
  [ "$(find "$c/kept" -maxdepth 1 2>/dev/null | wc -l)" -lt 50 ] && trouble=$({
    rm -rf "$c/kept.part" "$kept" && mkdir -p "$c/kept" "$c/kept.part" && chmod 700 "$c/kept" &&
      hands=$(printf '%s\n' "$by_hand" | sed -n "s/${us}[df] .*//p") && printf '%s\n' "$hands" |
      carry "$root" "$c/kept.part" && mv "$c/kept.part" "$kept" && printf '%s\n' "$by_hand" >>"$c/kept.facts"; } 2>&1)
}
rolled_back() { # BYTE_EXACT HEALTHY BECAUSE WHY: sets answer
  kept=!; when=$(stat -c %Y "$c/tree.list") || return; [ ! -d "$c/kept" ] ||
    kept=$({ find "$c/kept" -path "*/kept/$when-*" \( -type d ! -empty -o -print0 \) && printf '!\0'; } | lines)
  case $kept in !) kept='' ;; *!) kept=\"$(printf '%s' "${kept%!}" | json '","')\" ;; *) false ;; esac || return
  answer=$(printf '{"receipt":"RolledBack","manifest":"%s","byteExact":%s,"healthy":%s,"because":%s,"keptAside":[%s]}' \
    "$manifest" "$1" "$2" "$(quoted "$3")" "$kept")
  try note ROLLED_BACK "$4" "$answer"
}
budget() { # sets time: how long a command may take. What is being applied may not outlive its lease
  time=$limit; [ "$state" = APPLYING ] || return 0
  left; [ "$left" -ge "$time" ] || time=$left; [ "$time" -ge 10 ] || { said='had no time: the lease ended'; return 1; }
}
run() { # COMMAND: on failure $said has its words
  budget || return; out=$c/said; touch "$out" 2>/dev/null || out=/dev/null
  ( # it may leave a daemon behind: that must hold neither the lock, nor the timer, nor the ssh session
    unset LC_ALL QUOTING_STYLE; umask 022
    export ROOT="$root" CANDIDATE="$c/candidate" PORT="$port" LOG="$log" DID="$did" SINCE="$since"
    cd / && exec timeout -k 1 "$((time / 100)).$((time / 10 % 10))$((time % 10))" sh -c "$1"
  ) </dev/null >"$out" 2>&1 8>&- 9>&-
  code=$?; case $code in 124 | 137) said="was stopped after $((time / 100)) s" ;; *) said="ended with $code" ;; esac
  said="$said: $(tail -c 3000 "$out")"; [ "$code" = 0 ]
}
take_over() { # COMMAND GAP: the server takes its files over, is up and proves it; else $said says what failed
  activated_boot=-; [ ! -f "$home/activated" ] || read -r activated_boot activated_at <"$home/activated"
  while [ "$activated_boot" = "$boot" ] && now && [ "$((rest = activated_at + $2 - now))" -gt 0 ]; do
    sleep "$((rest / 100)).$((rest / 10 % 10))9" # as a server may ignore a second reload that comes too soon
  done
  if [ "$1" ]; then
    now; since=$now; run "$1" || { said="$did $said"; return 1; }
    now; put "$home/activated" "$boot $now" 2>/dev/null
  fi
  now; give_up=$((now + limit))
  until [ -z "$health" ] || run "$health"; do
    now; if [ "$now" -ge "$give_up" ] || [ "$time" -lt 10 ]; then said="health check $said"; return 1; fi
    sleep 0.2
  done
  [ -z "$1" ] || [ -z "$loaded" ] || run "$loaded" || { said="the files were not taken over: proof $said"; return 1; }
}
# --- The timer ---
hooked() { by=''; [ -z "$hook" ] || { run "$hook" && by=$(tail -n 1 "$out"); }; } # what calls it at boot
watched() { touch "$home/watch" && for pause in 0 0; do # whether it runs: a flock that fails itself ends with 1, too
  flock -n "$home/watch" true; [ $? = 1 ] || return; done; }
arm() { # starts the timer unless it runs: a process of its own, which holds nothing of the caller's open
  trouble='the timer does not start'; watched && return 0
  if ! { [ -d /run/systemd/system ] && systemd-run --quiet --collect --description="Barograph guard of $server" \
    --setenv=BAROGRAPH_STATE="$base" --setenv=PATH="$PATH" sh "$self" watch "$server"; } 2>/dev/null; then
    setsid sh "$self" watch "$server" </dev/null >/dev/null 2>&1 8>&- 9>&- &
  fi
  for pause in 0.02 0.03 0.05 0.1 0.1 0.2 0.5 0.5 0.5 1 1 1 1; do sleep "$pause"; watched && return; done; return 1
}
watch() {
  exec 8>>"$home/watch"; tries=20; until flock -n 8; do [ "$((tries -= 1))" -ge 0 ] || exit 0; sleep 0.1; done
  while lock 9999999; do
    load_current; open || exit 0 # decided under the lock: whoever arms next finds this timer either running or gone
    pause=1; (recover) || pause=3
    left; [ "$left" = 0 ] || [ "$left" -ge 100 ] || pause=0.$((left / 10))$((left % 10))
    exec 9>&-; sleep "$pause" 8>&-
  done
}
recover() { # under the lock: ends what a kill interrupted, and a lease that is over. Fails when it is stuck
  left
  case $state in APPLYING) why=interrupted ;; APPLIED) [ "$left" = 0 ] || return 0; why='lease ended' ;;
    ROLLING_BACK) ;; CONFIRMED) read_order <"$c/order"; tidy; return ;;
    *) [ ! -f "$c/under" ] || mv -f "$c/under" "$home/current"; return ;; esac # not in place: it lies on nothing
  [ "$state" = ROLLING_BACK ] || [ "$lease_boot" = "$boot" ] || why=reboot
  read_order <"$c/order"; roll_back "${why%%. Could not put back*}"
}
roll_back() { # WHY: everything as the snapshot has it. Sets answer. When stuck it fails, and the timer tries on
  healthy=true state=ROLLING_BACK because=$1; rm -f "$c/spare" # whose space the journal has now, were the disk full
  note ROLLING_BACK "$1" '{"receipt":"Stuck","detail":"being rolled back"}' 2>/dev/null # no full disk may stop it
  settle "$c/tree" || { stuck "$1"; return 1; }
  if [ -e "$c/taken" ]; then
    if ! take_over "$activate" "$gap" && { [ -z "$restart" ] || ! { did=RESTART; take_over "$restart" 0; }; }; then
      healthy=false because="$1. The files are back, but the server is not up: $said"
    fi
    settle "$c/tree" || { stuck "$1"; return 1; } # a server may write beside its files
    rm -f "$c/taken"
  fi
  { try sync -f "$root" && rolled_back true "$healthy" "$because" "$1"; } || { stuck "$1"; return 1; }
  throw_away
}
throw_away() { # the candidate; some disks take long to free much space, and nobody is to wait for that
  rm -f "$c/edit"; [ "$(find "$c/candidate" 2>/dev/null | wc -l)" -gt 99 ] || { rm -rf "$c/candidate"; return; }
  t=$home/trash; mkdir -p "$t" && mv "$c/candidate" "$t/$$"; setsid rm -rf "$t" </dev/null >/dev/null 2>&1 8>&- 9>&- &
}
stuck() { # WHY it is rolled back
  rm -rf "$c/candidate" # the journal may want its space
  trouble="Could not put back $root: $trouble"; answer="{\"receipt\":\"Stuck\",\"detail\":$(quoted "$trouble")}"
  note ROLLING_BACK "$1. $trouble" "$answer" 2>/dev/null; arm
}
# --- The orders ---
snapshot() {
  if [ "$state" = SNAPPED ]; then see; plan=$(differs "$c/tree.list") && [ -z "$plan" ] && return; fi
  try chosen "$root" -name "*[$us$rs]*" -print || fail "$root cannot be read"
  [ -z "$trouble" ] || refuse UNFIT "names with the control characters RS or US cannot be kept exactly: $trouble"
  { try rm -rf "$c/under" "$c/journal" "$c/tree" "$c/candidate" "$c/edit" "$c/kept.facts" "$c/spare" &&
    try mkdir -p "$c" && try mkdir -m 700 "$c/tree"; } || fail "no room in $c"
  trouble=$(list "$root" 2>&1 >"$c/tree.list") || fail "$root cannot be read"
  words=$({ paths "$root" | carry "$root" "$c/tree"; } 2>&1) || trouble=$words fail "no copy in $c"
  trouble=$(list "$c/tree" 2>&1 >"$c/copy.list") || fail "the copy of $root cannot be read"
  odd=$(compare "$c/tree.list" <"$c/copy.list") || fail "the copy of $root cannot be compared"
  case $words in *'is not available'*) has getfattr || odd="$odd perhaps any" ;; esac
  [ -z "$odd" ] ||
    refuse NO_PERMISSION "$(id -un) cannot copy these exactly, or they change all the time: $(say "$odd"). $words"
  prune; { snapped && try put "$c/order" "$order" && try note SNAPPED '' "$answer"; } || fail "no room in $c"
}
prune() { # what ended is forgotten, but for the ten of late, the last one that was applied, and what hands had changed
  find "$home/changes" -mindepth 2 -maxdepth 2 -name journal ! -path "*/$current/*" -execdir test ! -d kept \; \
    -exec grep -qx 'CONFIRMED\|ROLLED_BACK' {} \; -printf '%T@ %h\0' | sort -zrn | sed -z '1,10d; s/^[^ ]* //' |
    xargs -0 -r rm -rf --
}
snapped() { # sets answer
  hooked; files=$(grep -c "${us}f " "$c/tree.list"); sum=$(hash <"$c/tree.list") && [ "$files" ] || return
  answer="{\"receipt\":\"Snapped\",\"manifest\":\"$sum\",\"files\":$files,\"bootHook\":$(quoted "$by")}"
}
apply() {
  make_candidate; [ -z "$validate" ] || run "$validate" || refuse INVALID "the server's own check $said"
  see; drift || fail 'no comparison'
  [ -z "$plan" ] || refuse DRIFTED "changed since the snapshot: $(say "$(only '+[df]' | sed 's/$/ (gone)/'
    only '[~=-][df]' | nul | (cd "$root" && xargs -0 stat --printf '%n (%U, %.19y)\0' --) | lines)")"
  hooked || refuse NO_TIMER "nothing would call the guard after a reboot of this host: $said"
  { try put "$c/order" "$order" && try put "$c/under" "$current" && try put "$home/current" "$change" &&
    try set_lease && try touch "$c/said" && try cp "$self" "$c/spare" &&
    try note APPLYING '' "$answer"; } || fail "no room in $c"
  state=APPLYING # after this sync a power cut finds snapshot and journal whole
  if ! { try sync -f "$c" && arm && now && began=$now && settle "$c/candidate" && try touch "$c/taken"; }; then
    words=$trouble # the server was not told of anything: as if it had never been
    roll_back "$words" || return 0
    snapped && note SNAPPED '' "$answer"; trouble=$words; fail 'the new files cannot be put in place'
  fi
  take_over "$activate" "$gap" || { roll_back "$said"; return; }; now; down=$(((now - began) * 10))
  answer="{\"receipt\":\"Applied\",\"manifest\":\"$manifest\",\"how\":\"$did\",\"downtimeMs\":$down}"
  try note APPLIED '' "$answer" || { roll_back "the journal cannot be written: $trouble"; return; }
  throw_away
}
make_candidate() { # a copy of the snapshot with the edit done in it
  rm -rf "$c/candidate" "$c/edit" "$c/taken"
  trouble=$({ cat >"$c/edit" && cp -a "$c/tree" "$c/candidate"; } 2>&1) || fail "no room for a candidate in $c"
  [ "$(wc -c <"$c/edit")" -eq "$size" ] || exit 2 # the line was cut
  if [ "$patch" ]; then
    has patch || refuse MISSING 'there is no tool called patch'
    trouble=$(umask 022; patch -p1 -f -F 0 --no-backup-if-mismatch -r - -d "$c/candidate" 2>&1 <"$c/edit") ||
      refuse UNFIT "the patch does not fit: $trouble"
  else
    odd=$(unfit) || fail 'the edit cannot be compared'
    [ -z "$odd" ] || refuse UNFIT "a link or a folder where a file is to go, or nothing to be removed: $(say "$odd")"
    try tar -C "$c/candidate" -x -m -p --no-same-owner -f "$c/edit" || fail "no room for a candidate in $c"
    plan=$edits; try each remove "$c/candidate" rm -f -- || fail "files cannot be taken out of $c/candidate"
  fi
  # Changed files keep owner, mode and attributes; new ones belong to the owner of their folder.
  trouble=$(list "$c/candidate" 2>&1 >"$c/candidate.list") || fail "the candidate in $c cannot be read"
  plan=$(compare "$c/tree.list" <"$c/candidate.list") || fail 'the candidate cannot be compared'
  { try each '~f' "$c/tree" cp --attributes-only --preserve=mode,ownership,xattr --parents -t "$c/candidate" -- &&
    new=$(only '-[df]') && try dress_new; } || fail "owners cannot be set in $c"
  all=$(filter=; paths "$c/candidate" ! -type d) && part=$(paths "$c/candidate" ! -type d) || fail 'no comparison'
  [ "$all" = "$part" ] || refuse UNFIT "not part of the configuration by include and exclude: $(say "$(
    printf '%s\n%s\n' "$all" "$part" | sort | uniq -u)")"
  trouble=$(list "$c/candidate" 2>&1 >"$c/candidate.list") || fail "the candidate in $c cannot be read"
}
unfit() { # of the lines put|remove US PATH in $edits, those that would meet a link or a folder, or miss their file
  printf '%s' "$edits" | awk -F "$us" '
    old && $2 ~ /^f / { file[$1] = $2 ~ /^f 8/ } old && $2 ~ /^d / { folder[$1] } old { next }
    $1 == "remove" { if (!($2 in file)) print }
    $1 == "put" { bad = $2 in folder || ($2 in file && !file[$2])
      for (p = $2; sub(/\/[^\/]*$/, "", p);) bad = bad || p in file; if (bad) print }' old=1 "$c/tree.list" old=0 -
}
dress_new() { # the paths in $new
  printf '%s\n' "$new" | while IFS= read -r new; do
    case $new in '') continue ;; *"$rs"*) new=$(printf '%s.' "$new" | tr '\036' '\n') || return; new=${new%.} ;; esac
    new=$c/candidate/$new; chown -h --reference="${new%/*}" -- "$new" &&
      if [ -d "$new" ]; then chmod --reference="${new%/*}" -- "$new"; fi || return
  done
}
confirm() { # outlives a power cut: the files are on the disk before the journal says so
  read_order <"$c/order"; see; manifest || fail 'no hash'
  answer="{\"receipt\":\"Confirmed\",\"manifest\":\"$manifest\"}"
  { try sync -f "$root" && try note CONFIRMED '' "$answer"; } || fail 'it cannot be written down for good'; tidy
}
# Takes the stage away, and leaves the folder's time as it was.
tidy() { [ ! -d "$stage" ] || { before=$(stat -c @%.9Y "$root") && rm -rf "$stage" && touch -d "$before" "$root"; }; }
forgo() { # a rollback before anything was applied: touches nothing, and an apply that comes late finds it so
  read_order <"$c/order"; see; same=true; drift && manifest || fail 'no comparison'; [ -z "$plan" ] || same=false
  rolled_back "$same" true ordered ordered || fail 'the journal cannot be written'
}
look() { # how far it is; or what a script finds that only reads, and does not wait for the lock
  [ -z "$inspect" ] || exec sh -c "$inspect" sh "$c"
  left; open || left=0
  printf '{"receipt":"Standing","state":"%s","leftMs":%s,"detail":%s}\n' "$state" $((left * 10)) "$(quoted "$why")"
  load_current; if open; then arm; fi
}
obey() {
  read_order || exit 2; [ -z "$root" ] || [ -d "$root" ] || refuse MISSING "there is no folder $root"
  { try mkdir -p "$home/changes" && try touch "$home/lock"; } || fail "the guard's own folder $home cannot be written"
  load "$change"; if [ "$verb" = look ]; then look; return; fi
  lock "$((wait / 100))" || refuse BUSY 'another order is being carried out on this server'
  load_current; (recover >/dev/null) # its outcome is in the journal
  load_current; other=''; if open; then (arm); [ "$current" = "$change" ] || other=$current; fi
  case $verb:$other in snapshot:?* | apply:?*) refuse BUSY "the change $other is under way" ;; esac; load "$change"
  ordered=''; [ "$state" = NONE ] || { try sync "$c" && # a kill may have come before this was done
    ordered=$(sed -n 's/^digest=//p' "$c/order"); } || fail 'what was written down cannot be read for good'
  [ "$digest" = "$ordered" ] || case $verb:$state in apply:APPLIED | confirm:APPLIED | confirm:CONFIRMED)
    refuse UNKNOWN_CHANGE "the change in place has the digest $ordered" ;; esac
  case $verb:$state in snapshot:APPLIED) snapped || fail 'no hash' ;; snapshot:ROLLING_BACK) ;; snapshot:*) snapshot ;;
  *:NONE) refuse UNKNOWN_CHANGE "the guard knows no change $change on $server" ;;
  *:ROLLING_BACK | *:ROLLED_BACK | apply:APPLIED | confirm:CONFIRMED) ;; # as it was answered before
  apply:SNAPPED) apply ;; confirm:APPLIED) confirm ;; rollback:SNAPPED) forgo ;;
  renew:APPLIED) { try set_lease && try sync "$c"; } || fail 'no new lease'
    answer="{\"receipt\":\"Renewed\",\"leftMs\":$((lease * 10))}" ;;
  rollback:APPLIED | rollback:CONFIRMED) # a change that came after it stands on its files
    [ "$current" = "$change" ] || refuse OUT_OF_TURN "the change $current came after it"
    read_order <"$c/order"; roll_back ordered ;;
  *) refuse OUT_OF_TURN "the change is $state" ;; esac
  printf '%s\n' "$answer"
}
main() {
  self=$0 verb=${1-} server=${2-} change=${3-} base=${BAROGRAPH_STATE:-} boot=${BAROGRAPH_BOOT_ID:-} missing=
  case $server$change in *[!A-Za-z0-9.-]* | .* | *..*) exit 2 ;; esac
  stat --printf= / 2>/dev/null || { # a BusyBox may prefer its own tools to those in the PATH; Dash does not
    case $(readlink "/proc/$$/exe") in *busybox*) [ ! -x /bin/dash ] || exec /bin/dash "$self" "$@" ;; esac
    missing=' stat as of GNU coreutils'; }
  for tool in awk cat chmod chown cp find flock grep mkdir mv rm rmdir sed setsid sha256sum sleep sort stat \
    sync tail tar timeout touch tr uniq wc xargs; do has "$tool" || missing="$missing $tool"; done
  [ -z "$missing" ] || { # said without any of them
    printf '{"receipt":"Refused","reason":"MISSING","detail":"the host has no tool called%s"}\n' "$missing"; exit 0; }
  [ "$boot" ] || read -r boot </proc/sys/kernel/random/boot_id # tests alone set another
  [ "$base" ] || case $(id -u) in 0) base=/var/lib/barograph ;; ?*) base=$HOME/.local/state/barograph ;; esac
  export BAROGRAPH_STATE="${base:?}" GUARD="$self" VERB="$verb"
  home=$base/$server; case $verb in snapshot | apply | renew | confirm | rollback | look) obey ;; watch) watch ;;
  boot) for home in "$base"/*/; do home=${home%/} server=${home##*/}; ! lock 60 || (load_current; recover); done ;;
  *) exit 2 ;; esac
}
main "$@"
