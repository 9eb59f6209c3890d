// Checks one proof of inclusion with golang.org/x/mod alone, so that a verdict of Writ's own verifier can be
// compared with that of a program which shares no line with it.
//
//	main PROOF LEAF VKEY ORIGIN     prints "valid INDEX SIZE" and exits 0, or prints why not and exits 1
package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const header = "c2sp.org/tlog-proof@v1\n"

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: main PROOF LEAF VKEY ORIGIN")
		os.Exit(2)
	}
	proof, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	leaf, err := os.ReadFile(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	index, size, err := check(string(proof), leaf, os.Args[3], os.Args[4])
	if err != nil {
		fmt.Println("invalid:", err)
		os.Exit(1)
	}
	fmt.Println("valid", index, size)
}

func check(proof string, leaf []byte, vkey, origin string) (index, size int64, err error) {
	index, path, checkpoint, err := split(proof)
	if err != nil {
		return 0, 0, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, 0, err
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	if err != nil {
		return 0, 0, err
	}
	size, root, err := head(opened.Text, origin)
	if err != nil {
		return 0, 0, err
	}
	return index, size, tlog.CheckRecord(path, size, root, index, tlog.RecordHash(leaf))
}

// split takes a c2sp.org/tlog-proof apart.
func split(proof string) (index int64, path tlog.RecordProof, checkpoint string, err error) {
	if !strings.HasPrefix(proof, header) {
		return 0, nil, "", errors.New("not a tlog-proof of version 1")
	}
	before, checkpoint, found := strings.Cut(proof[len(header):], "\n\n")
	if !found {
		return 0, nil, "", errors.New("no checkpoint")
	}
	lines := strings.Split(before, "\n")
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return 0, nil, "", errors.New("no index")
	}
	if index, err = decimal(strings.TrimPrefix(lines[0], "index ")); err != nil {
		return 0, nil, "", err
	}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, "", err
		}
		path = append(path, hash)
	}
	return index, path, checkpoint, nil
}

// head reads the text of a c2sp.org/tlog-checkpoint.
func head(text, origin string) (size int64, root tlog.Hash, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return 0, root, errors.New("not a checkpoint")
	}
	if lines[0] != origin {
		return 0, root, errors.New("a checkpoint of another log")
	}
	if size, err = decimal(lines[1]); err != nil {
		return 0, root, err
	}
	bytes, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(bytes) != tlog.HashSize {
		return 0, root, errors.New("no root hash")
	}
	copy(root[:], bytes)
	return size, root, nil
}

func decimal(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || strconv.FormatInt(number, 10) != text {
		return 0, errors.New("not a decimal number")
	}
	return number, nil
}
