package barograph.guard;

import barograph.host.RealSshd;
import java.io.IOException;
import java.nio.file.Path;

/// All that can be seen of a folder from outside, in other ways than the guard's: every name, type, mode, owner, time
/// in nanoseconds, number of links, size, link target, content, ACL and attribute.
public record Facts(String text) {
    public static Facts of(Path folder) throws IOException {
        return new Facts(RealSshd.exec("bash", "-c", """
                cd "$0" || exit
                export LC_ALL=C
                {
                  find . -type d -exec stat --printf '%n %F %a %u:%g %.9Y\\0' {} + -o \\
                    -exec stat --printf '%n %F %a %u:%g %.9Y %h %s %t:%T %N\\0' {} +
                  find . -type f -exec sha256sum -z {} +
                  find . -type f -links +1 -printf '%i %p\\0' | sort -z -k2 |
                    awk 'BEGIN { RS = ORS = "\\0" } { if (!($1 in first)) first[$1] = $2; print $2, "is", first[$1] }'
                } | sort -z | tr '\\0' '\\n'
                find . ! -type l -print0 | sort -z | xargs -0 getfacl -pn --
                find . ! -type l -print0 | sort -z | xargs -0 getfattr -d -m - -e hex --absolute-names --
                """, folder.toString()));
    }

    @Override
    public String toString() {
        return text;
    }
}
