package barograph.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads HTML strictly: every element is closed, in order, and every attribute is quoted.
final class Html {
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "img", "input", "link", "wbr");
    private static final Set<String> NO_BLOCKS_INSIDE = Set.of("p", "h1", "h2", "h3", "h4", "dt", "span");
    private static final Set<String> BLOCKS =
            Set.of("p", "div", "section", "ol", "ul", "table", "figure", "details", "pre", "dl", "article", "h2", "h3");

    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)\\s*(/?)>");
    private static final Pattern TEXT_WITHOUT_TAGS =
            Pattern.compile("<style>.*?</style>|<!DOCTYPE html>", Pattern.DOTALL);
    private static final Pattern AMPERSAND = Pattern.compile("&(?!(amp|lt|gt|quot|#39|#\\d+);)");

    private Html() {}

    static List<String> problems(String page) {
        List<String> problems = new ArrayList<>();
        String body = TEXT_WITHOUT_TAGS.matcher(page).replaceAll("");
        Deque<String> open = new ArrayDeque<>();
        int end = 0;
        Matcher tags = TAG.matcher(body);
        while (tags.find()) {
            text(body.substring(end, tags.start()), problems);
            end = tags.end();
            tag(tags.toMatchResult(), open, problems);
        }
        text(body.substring(end), problems);
        open.forEach(element -> problems.add("<" + element + "> is never closed"));
        return problems;
    }

    private static void text(String text, List<String> problems) {
        if (text.contains("<") || text.contains(">")) {
            problems.add("a bare angle bracket in: " + text.strip());
        }
        if (AMPERSAND.matcher(text).find()) {
            problems.add("a bare ampersand in: " + text.strip());
        }
    }

    private static void tag(MatchResult tag, Deque<String> open, List<String> problems) {
        String name = tag.group(2);
        if (!tag.group(1).isEmpty()) {
            String expected = open.isEmpty() ? "nothing" : open.pop();
            if (!expected.equals(name)) {
                problems.add("</" + name + "> closes <" + expected + ">");
            }
            return;
        }
        if (BLOCKS.contains(name) && open.stream().anyMatch(NO_BLOCKS_INSIDE::contains)) {
            problems.add("<" + name + "> stands inside " + open);
        }
        if (tag.group(4).isEmpty() && !VOID.contains(name)) {
            open.push(name);
        }
    }

    static List<String> attributes(String page, String name) {
        return Pattern.compile("\\s" + Pattern.quote(name) + "=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
