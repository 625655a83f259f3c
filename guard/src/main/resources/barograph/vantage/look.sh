# shellcheck shell=sh
# What this host sees of the places that it is asked about. It changes nothing, installs nothing and needs no rights.
#
# Each line of its input is one question, with a number that its answer begins with; all are answered at once:
#
#     1 name HOST                 ok ADDRESS…           unknown | silent
#     2 route ADDRESS             ok DEVICE AND MTU     none
#     3 tcp HOST PORT             ok                    refused | silent | noroute | unknown
#     4 udp HOST PORT             refused               (an open port that keeps silent cannot be told from a shut one)
#     5 tls HOST PORT NAME START  ok CERTIFICATE        stalled | notls      (START: -, ldap, imap, smtp)
#     6 listens tcp|udp PORT      ok ADDRESS…           no
#     7 load                      ok LOAD PROCESSORS
#     8 clock                     ok SECONDS
#
# A name is asked for twice before it is unknown: a lost packet looks the same. Every answer may be `untold WHY` instead: nothing on the host could look. `$1` is how many seconds one look may take.
LC_ALL=C
export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
limit=$1

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command for at most $limit seconds; 124 or 143 when it did not end by itself.
within() {
  if has timeout; then
    timeout "$limit" "$@"
  else
    "$@" &
    watched=$!
    { sleep "$limit"; kill "$watched"; } >/dev/null 2>&1 &
    watcher=$!
    wait "$watched"
    ended=$?
    kill "$watcher" 2>/dev/null
    return "$ended"
  fi
}

say() { printf '%s %s\n' "$number" "$(printf '%s' "$*" | tr '\n\t' '  ' | cut -c 1-600)"; }

is_address() {
  case $1 in
  *:*) return 0 ;;
  *[!0-9.]*) return 1 ;;
  *) return 0 ;;
  esac
}

name() {
  if is_address "$1"; then say ok "$1"; return; fi
  if has getent; then
    found=$(within getent ahosts "$1") || { sleep 1 && found=$(within getent ahosts "$1"); }
  elif has nslookup; then
    found=$(within nslookup "$1" | sed '1,/^$/d' | sed -n 's/^Address[^:]*: *//p')
    [ -n "$found" ]
  else
    say untold "neither getent nor nslookup is there"; return
  fi
  case $? in
  0) say ok "$(printf '%s\n' "$found" | cut -d ' ' -f 1 | sort -u | tr '\n' ' ')" ;;
  124 | 143 | 137) say silent ;;
  *) say unknown ;;
  esac
}

route() {
  if ! has ip; then say untold "ip is not there"; return; fi
  if ! is_address "$1"; then say untold "a name has no route"; return; fi
  if found=$(within ip route get "$1" 2>&1); then
    case $found in
    unreachable* | prohibit* | blackhole*) say none "$found" ;;
    *) say ok "$(printf '%s\n' "$found" | head -n 1)" ;;
    esac
  else
    say none "$found"
  fi
}

# What a program's exit code and words say about a connection that it tried.
connection() {
  case $1:$2 in
  0:*) say ok ;;
  *refused*) say refused ;;
  *"oute to host"* | *nreachable* | *"Network is down"*) say noroute "$2" ;;
  *"not known"* | *"in name resolution"* | *"ould not resolve"* | *"bad address"*) say unknown ;;
  124:* | 143:* | 137:* | *"imed out"* | *"imeout"* | *"in progress"*) say silent ;;
  *) return 1 ;;
  esac
}

tcp() {
  if has bash; then
    # shellcheck disable=SC2016 # for bash
    words=$(within bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>&1)
    connection $? "$words" && return
  fi
  if has nc; then
    words=$(within nc -v -z -w "$limit" "$1" "$2" 2>&1 </dev/null)
    connection $? "$words" && return
  fi
  if has busybox; then
    words=$(within busybox nc -w "$limit" "$1" "$2" -e true 2>&1 </dev/null)
    connection $? "$words" && return
  fi
  if has python3; then
    words=$(within python3 -c 'import socket, sys
socket.create_connection((sys.argv[1], int(sys.argv[2])))' "$1" "$2" 2>&1)
    connection $? "$words" && return
  fi
  if has curl; then
    words=$(within curl -sv -m "$((limit - 1))" -o /dev/null -w 'took %{time_connect}' "http://$1:$2/" 2>&1 </dev/null)
    ended=$?
    case $words in *"took 0.000000"*) ;; *took*) say ok; return ;; esac
    connection "$ended" "$words" && return
  fi
  if has openssl; then
    words=$(within openssl s_client -state -connect "$1:$2" 2>&1 </dev/null)
    ended=$?
    case $words in *SSL_connect*) say ok; return ;; esac
    connection "$ended" "$words" && return
  fi
  say untold "none of bash, nc, busybox, python3, curl and openssl could connect: ${words:-none is there}"
}

# A closed port answers the first packet by ICMP, which the second one then meets.
udp() {
  if ! has bash; then say untold "bash is not there, and UDP tells little"; return; fi
  # shellcheck disable=SC2016 # for bash
  words=$(within bash -c 'exec 3<>"/dev/udp/$0/$1" && printf "" >&3 && printf x >&3 && sleep 0.5 && printf x >&3' \
    "$1" "$2" 2>&1)
  case $words in
  *refused*) say refused ;;
  *"oute to host"* | *nreachable*) say noroute "$words" ;;
  *"not known"* | *"in name resolution"*) say unknown ;;
  *) say untold "over UDP silence says nothing" ;;
  esac
}

# What openssl writes to its standard output comes too late when it is ended; `-state` writes to the other one.
tls() {
  if ! has openssl; then say untold "openssl is not there"; return; fi
  set -- "$1" "$2" "$3" "$4" "$1:$2"
  case $1 in *:*) set -- "$1" "$2" "$3" "$4" "[$1]:$2" ;; esac
  start=$4
  at=$5
  if is_address "$3"; then set -- -noservername; else set -- -servername "$3"; fi
  [ "$start" = - ] || set -- "$@" -starttls "$start"
  talk=$(within openssl s_client -state -connect "$at" "$@" 2>&1 </dev/null)
  ended=$?
  shown=$(printf '%s\n' "$talk" |
    openssl x509 -noout -fingerprint -sha256 -issuer -startdate -enddate -nameopt RFC2253 2>/dev/null)
  case $?:$ended:$talk in
  0:*)
    version=$(printf '%s\n' "$talk" | sed -n 's/.*\(TLSv[0-9.]*\|SSLv[0-9.]*\).*/\1/p' | head -n 1)
    say ok "$(printf '%s\n' "$shown" | tr '\n' '|')version=$version"
    ;;
  *:124:* | *:143:* | *:137:*)
    case $talk in *SSL_connect*) say stalled ;; *) say untold "it did not come to TLS" ;; esac ;;
  *SSL_connect*) say notls "$(printf '%s\n' "$talk" | grep -m 1 ':error:\|alert')" ;;
  *) say untold "it did not connect" ;;
  esac
}

# The kernel's own tables, so that neither ss nor netstat is needed. 0A: listening; UDP knows no such thing, 07.
listens() {
  case $1 in tcp) state=0A ;; *) state=07 ;; esac
  hex=$(printf '%04X' "$2")
  found=$(cat "/proc/net/$1" "/proc/net/${1}6" 2>/dev/null) || [ -n "$found" ] || {
    say untold "/proc/net/$1 is not there"; return; }
  addresses=$(printf '%s\n' "$found" | sed -n "s/^ *[0-9]*: \([0-9A-F]*\):$hex [0-9A-F:]* $state .*/\1/p" |
    sort -u | tr '\n' ' ')
  if [ -n "$addresses" ]; then say ok "$addresses"; else say no; fi
}

load() {
  if read -r one _ </proc/loadavg; then say ok "$one $(grep -c '^processor' /proc/cpuinfo)"
  else say untold "/proc/loadavg is not there"; fi
}

while read -r number verb one two three four; do
  case $verb in
  name) name "$one" & ;;
  route) route "$one" & ;;
  tcp) tcp "$one" "$two" & ;;
  udp) udp "$one" "$two" & ;;
  tls) tls "$one" "$two" "$three" "$four" & ;;
  listens) listens "$one" "$two" & ;;
  load) load & ;;
  clock) say ok "$(date +%s)" ;;
  *) say untold "no such question: $verb" ;;
  esac
done
wait
