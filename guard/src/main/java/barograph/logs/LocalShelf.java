package barograph.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A log on this machine.
final class LocalShelf implements Shelf {
    private final Path log;
    private final InstantSource clock;

    LocalShelf(Path log, InstantSource clock) {
        this.log = log.toAbsolutePath();
        this.clock = clock;
    }

    @Override
    public Look look(String identity, long from, int most) {
        Instant now = clock.instant();
        try {
            List<Sheet> sheets = sheets();
            Optional<byte[]> stretch = Optional.empty();
            for (Sheet sheet : sheets) {
                if (sheet.identity().equals(identity) && stretch.isEmpty()) {
                    stretch = read(sheet, from, most);
                }
            }
            return new Look.Seen(now, ZoneId.systemDefault(), sheets, stretch);
        } catch (AccessDeniedException e) {
            return new Look.Unseen("this process may not read " + e.getFile()
                    + ". Let the user that it runs as read it (on Debian: its group is adm)");
        } catch (IOException e) {
            return new Look.Unseen("reading at " + log + " failed: " + e.getMessage());
        }
    }

    private List<Sheet> sheets() throws IOException {
        Path folder = log.getParent();
        String name = String.valueOf(log.getFileName());
        List<Sheet> sheets = new ArrayList<>();
        if (folder == null) {
            return sheets;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> belongs(file, name))) {
            for (Path file : files) {
                sheet(file, String.valueOf(file.getFileName()).substring(name.length()))
                        .ifPresent(sheets::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return sheets; // a folder that is not there holds no files
        }
        return sheets;
    }

    private static boolean belongs(Path file, String name) {
        String other = String.valueOf(file.getFileName());
        return other.startsWith(name) && Sheet.isOne(other.substring(name.length()));
    }

    private static Optional<Sheet> sheet(Path file, String suffix) throws IOException {
        try {
            BasicFileAttributes told = Files.readAttributes(file, BasicFileAttributes.class);
            return told.isRegularFile() ? Optional.of(sheet(told, suffix)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // renamed since the folder was listed
        }
    }

    private static Sheet sheet(BasicFileAttributes told, String suffix) {
        String identity = String.valueOf(told.fileKey());
        return new Sheet(suffix, identity, told.size(), told.lastModifiedTime().toInstant());
    }

    private Optional<byte[]> read(Sheet sheet, long from, int most) throws IOException {
        Path file = log.resolveSibling(log.getFileName() + sheet.suffix());
        try (FileChannel channel = FileChannel.open(file)) {
            boolean same = sheet(file, sheet.suffix())
                    .filter(now -> now.identity().equals(sheet.identity()))
                    .isPresent();
            if (!same) {
                return Optional.empty(); // another file has this name by now
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(channel.size() - from, 0, most));
            long next = from;
            for (int got = 0; bytes.hasRemaining() && got >= 0; next += got) {
                got = channel.read(bytes, next);
            }
            return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
