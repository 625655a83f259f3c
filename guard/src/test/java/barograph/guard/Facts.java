package barograph.guard;

import barograph.host.RealSshd;
import java.io.IOException;
import java.nio.file.Path;

/// All that can be seen of a folder from outside, by other tools than the guard's and in other ways: every name, type,
/// mode, owner, time in nanoseconds, number of links, size, link target, content, ACL and attribute.
record Facts(String text) {
    static Facts of(Path folder) throws IOException {
        return new Facts(RealSshd.exec("bash", "-c", """
                cd "$0" || exit
                export LC_ALL=C
                while IFS= read -r -d '' name; do
                  printf '%q ' "$name"
                  if [ -d "$name" ] && [ ! -L "$name" ]; then stat -c '%F %a %u:%g %.9Y' -- "$name"
                  else stat -c '%F %a %u:%g %.9Y %h %s %t:%T' -- "$name"; fi
                  if [ -L "$name" ]; then readlink -- "$name"; fi
                  if [ -f "$name" ] && [ ! -L "$name" ]; then sha256sum <"$name"; fi
                  if [ ! -L "$name" ]; then
                    getfacl -cpn -- "$name"
                    getfattr -d -m - -e hex --absolute-names -- "$name" | sed 1d
                  fi
                done < <(find . -print0 | sort -z)
                find . -type f -links +1 -printf '%i %p\\n' | sort -k2 |
                  awk '{ if (!($1 in first)) first[$1] = $2; print $2, "is", first[$1] }'
                """, folder.toString()));
    }

    @Override
    public String toString() {
        return text;
    }
}
