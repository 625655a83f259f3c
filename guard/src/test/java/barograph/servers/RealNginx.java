package barograph.servers;

import java.nio.file.Path;
import java.util.List;

/// Debian's nginx in a folder of its own, on loopback: pages behind a password (`auth_basic`).
///
/// Alice logs in with `alice-pw` at `/`. `/broken/` and `/away/` answer 500 and 502 to whoever has a password, `/open/`
/// asks for none.
public final class RealNginx implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/nginx";

    private final Path folder;
    private final int plain = DebianServer.freeTcpPort();
    private final int tls = DebianServer.freeTcpPort();
    private final Path script;

    private RealNginx(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.script = DebianServer.script(
                this.folder.resolve("nginx"),
                "nginx -p \"$here\" -c \"$here/etc/nginx.conf\" >>\"$here/log/start.log\" 2>&1 </dev/null || exit 1",
                "true");
    }

    /// Started, with this certificate.
    public static RealNginx started(Path folder, Certificates.Pair pair) {
        DebianServer.require(PROGRAM, "nginx-light");
        RealNginx nginx = new RealNginx(folder);
        nginx.layOut(pair);
        DebianServer.run(List.of(nginx.script.toString(), "start"));
        return nginx;
    }

    private void layOut(Certificates.Pair pair) {
        for (String name : List.of("run/none", "log/none", "temp/none")) {
            DebianServer.write(folder.resolve(name), "");
        }
        DebianServer.write(folder.resolve("www/index.html"), "<p>Welcome to the inside</p>\n");
        DebianServer.write(folder.resolve("www/open/index.html"), "<p>For everybody</p>\n");
        DebianServer.write(folder.resolve("etc/users"), "alice:{PLAIN}alice-pw\n");
        DebianServer.run(List.of("chmod", "-R", "a+rX", folder.resolve("..").toString()));
        DebianServer.write(
                folder.resolve("etc/nginx.conf"), """
                pid run/pid;
                error_log log/error.log;
                worker_processes 1;
                events {}
                http {
                    access_log log/access.log;
                    client_body_temp_path temp/body;
                    proxy_temp_path temp/proxy;
                    fastcgi_temp_path temp/fastcgi;
                    uwsgi_temp_path temp/uwsgi;
                    scgi_temp_path temp/scgi;
                    server {
                        listen 127.0.0.1:%1$d;
                        listen 127.0.0.1:%2$d ssl;
                        ssl_certificate %3$s;
                        ssl_certificate_key %4$s;
                        root www;
                        auth_basic "Staff only";
                        auth_basic_user_file %5$s/etc/users;
                        location /open/ { auth_basic off; }
                        location /broken/ { auth_basic_user_file %5$s; }
                        location /away/ { proxy_pass http://127.0.0.1:9; }
                    }
                }
                """.formatted(plain, tls, pair.certificate(), pair.key(), folder));
    }

    public int plainPort() {
        return plain;
    }

    public int tlsPort() {
        return tls;
    }

    public Path accessLog() {
        return folder.resolve("log/access.log");
    }

    @Override
    public void close() {
        DebianServer.run(List.of(script.toString(), "stop"));
    }
}
