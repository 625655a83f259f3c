# What the files of a server are like that are not as a list of its guard has them. The guard runs it when it is asked to
# look; it changes nothing and takes no lock. Set before: root, the configuration; list (tree.list or candidate.list); most,
# how many files are told, and largest, the size up to which their contents are. $1 is the folder of the change.
# On standard input: the paths to look at as the guard's lists have them, one to a line; none for all files.
# It answers a line for each file that differs, "file PATH HASH OWNER TIME SIZE WAS NOW", with PATH, and the contents
# WAS (in the snapshot) and NOW, in base64, and - for what is not there; then "state STATE" of the change.
# shellcheck disable=SC2154 # which are set before
us=$(printf '\037') nl=$(printf '\n.') nl=${nl%.} c=$1
blind() { printf 'blind %s\n' "$1"; exit 0; }
for file in "$c/journal" "$c/order" "$c/$list"; do [ -r "$file" ] || blind "$file cannot be read"; done
cd "$root" 2>/dev/null || blind "$root cannot be read"
read -r before <"$c/journal"
lines() { tr '\n\000' '\036\n'; }; nul() { tr '\n\036' '\000\n'; }
paths=$(cat)
plain() { while IFS= read -r path; do
  name=$(printf '%s.' "$path" | tr '\036' '\n') name=${name%.}
  if [ -f "$name" ] && [ ! -L "$name" ]; then printf '%s\n' "$path"; fi
done; }
all() { ( set -f; IFS=$nl; filter=$(sed -n 's/^filter=//p' "$c/order" | sed 's/\\\\/\\/g')
  # shellcheck disable=SC2086 # the order's own arguments for find, one to a line
  find . -name .barograph-stage -prune -o $filter -type f -print0 | lines ) }
hashes() { nul | xargs -0 -r sha256sum -z -- | lines | awk -v us="$us" '{ print substr($0, 67) us substr($0, 1, 64) }'; }
have=$({ if [ "$paths" ]; then printf '%s\n' "$paths" | plain; else all; fi; } | hashes)
want=$(sed -n "s/^\\([^$us]*$us\\)h /\\1/p" "$c/$list")
base() { if [ -f "$1" ] && [ ! -L "$1" ] && [ -r "$1" ] && [ "$(wc -c <"$1")" -le "$largest" ]; then
  printf '=%s' "$(base64 -w 0 <"$1")"; else printf -- -; fi; }
{ printf '%s\n' "$paths"; printf '1%s\n%s\n2%s\n%s\n' "$us$us" "$want" "$us$us" "$have"; } | awk -F "$us" '
  NF == 3 { part = $1; next }
  !part { if ($0 != "") { chosen[$0]; some = 1 } next }
  NF < 2 || (some && !($1 in chosen)) { next }
  part == 1 { want[$1] = $2 } part == 2 { have[$1] = $2 }
  END {
    for (p in want) if (want[p] != have[p]) print p
    for (p in have) if (!(p in want)) print p }' | sort | head -n "$most" | while IFS= read -r path; do
  name=$(printf '%s.' "$path" | tr '\036' '\n') name=${name%.} hash=- facts='- - -'
  if [ -f "$name" ] && [ ! -L "$name" ]; then hash=$(sha256sum <"$name" | cut -c 1-64); fi
  if [ -e "$name" ] || [ -L "$name" ]; then facts=$(stat -c '%U %Y %s' -- "$name"); fi
  printf 'file %s %s %s %s %s\n' "$(printf %s "$name" | base64 -w 0)" "$hash" "$facts" "$(base "$c/tree/$name")" \
    "$(base "$name")"
done
read -r after <"$c/journal"
[ "$before" = "$after" ] || blind "the change is on its way from $before to $after"
printf 'state %s\n' "$after"
