#!/bin/sh
# Prints which files lie at a log's place, and a stretch of one of them. Changes nothing. POSIX sh on Linux.
#
#   $1  the log
#   $2  the file to read from, as device:inode, whatever its name is by now; - for none
#   $3  the first block to read, counted in blocks of 4096 bytes
#   $4  how many blocks
#
# Answers in lines, then raw bytes:
#
#   now 1795374743                                    the host's clock
#   zone +0100 Europe/Berlin                          only when $2 is -; the name may be missing
#   sheet 65024:2244961 1391 1795374740 81a4 /var/log/…      identity, size, last change, mode, name; one each
#   denied …                                          the log may not be looked at, or not be read
#   missing stat                                      a tool is not there
#   bytes                                             the rest is the stretch itself

LC_ALL=C
export LC_ALL

for tool in stat sed dd; do
    command -v "$tool" >/dev/null || { echo "missing $tool"; exit 0; }
done

echo "now $(date +%s)"
if [ "$2" = - ]; then
    echo "zone $(date +%z) $(readlink -f /etc/localtime | sed -n 's#.*/zoneinfo/##p')"
fi

sheets=$(stat -L -c '%d:%i %s %Y %f %n' -- "$1" "$1".[0-9]* "$1"-[0-9]* 2>/dev/null | sed 's/^/sheet /')
[ -z "$sheets" ] || printf '%s\n' "$sheets"

if [ ! -e "$1" ]; then
    stat -L -- "$1" 2>&1 >/dev/null | sed -n '/ermission denied/s/^/denied /p'
fi

[ "$2" != - ] || exit 0
file=$(printf '%s\n' "$sheets" | sed -n "s/^sheet $2 [0-9]* [0-9]* [0-9a-f]* //p" | sed -n 1p)
[ -n "$file" ] || exit 0

# Between the listing and the opening the file may have been renamed: then this is another one, and not read.
{
    if [ "$(stat -L -c %d:%i /dev/fd/3)" = "$2" ]; then
        echo bytes
        dd bs=4096 skip="$3" count="$4" <&3 2>/dev/null
    fi
} 3<"$file" || echo "denied $file"
