// Checks an unpacked export with Go's own packages for transparency logs (golang.org/x/mod/sumdb), which share no
// code with ours: the note's signature, the proof of every entry, the tiles, and consistency with earlier checkpoints.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Println("REFUSED:", err)
		os.Exit(1)
	}
}

func read(name string) string {
	content, err := os.ReadFile(filepath.Join(os.Args[1], name))
	check(err)
	return string(content)
}

func open(signed string, key note.Verifier) (int64, tlog.Hash) {
	opened, err := note.Open([]byte(signed), note.VerifierList(key))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return size, root
}

func hashes(lines []string) (parsed []tlog.Hash) {
	for _, line := range lines {
		if line != "" {
			hash, err := tlog.ParseHash(line)
			check(err)
			parsed = append(parsed, hash)
		}
	}
	return parsed
}

func main() {
	key, err := note.NewVerifier(strings.TrimSpace(read("record.vkey")))
	check(err)
	size, root := open(read("checkpoint"), key)
	for index := int64(0); index < size; index++ {
		proof, checkpoint, _ := strings.Cut(read(fmt.Sprintf("proofs/%d.tlog-proof", index)), "\n\n")
		lines := strings.Split(proof, "\n")
		leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
		check(err)
		otherSize, otherRoot := open(checkpoint, key)
		if otherSize != size || otherRoot != root || lines[2] != fmt.Sprintf("index %d", index) {
			check(fmt.Errorf("proof %d is for something else", index))
		}
		check(tlog.CheckRecord(hashes(lines[3:]), size, root, index, tlog.RecordHash(leaf)))
		tile := tlog.TileForIndex(8, tlog.StoredHashIndex(0, index))
		if width := size - tile.N*256; width < 256 {
			tile.W = int(width)
		} else {
			tile.W = 256
		}
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		listed, err := tlog.HashFromTile(tile, []byte(read(path)), tlog.StoredHashIndex(0, index))
		check(err)
		if listed != tlog.RecordHash(leaf) {
			check(fmt.Errorf("entry %d is not in its tile", index))
		}
	}
	earlier, err := filepath.Glob(filepath.Join(os.Args[1], "earlier.*"))
	check(err)
	for _, name := range earlier {
		proof, checkpoint, _ := strings.Cut(read(filepath.Base(name)), "\n\n")
		olderSize, olderRoot := open(checkpoint, key)
		check(tlog.CheckTree(hashes(strings.Split(proof, "\n")), size, root, olderSize, olderRoot))
	}
	fmt.Printf("ACCEPTED: %d entries, %d earlier checkpoints\n", size, len(earlier))
}
