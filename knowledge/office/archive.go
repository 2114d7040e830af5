package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// bounds say how much of an archive is unpacked. Documents that people write stay far below them.
type bounds struct {
	entries int    // files in the archive
	total   uint64 // bytes of all files, unpacked, pictures included
	part    int64  // bytes of one file that is read, unpacked
	ratio   uint64 // how many times larger than packed a file of more than a megabyte may be
}

var usual = bounds{entries: 4096, total: 256 << 20, part: 32 << 20, ratio: 200}

// An archive is the file as a folder of parts.
type archive struct {
	files map[string]*zip.File
	max   bounds
}

const saveAnew = "open it, and save it as a new file"

// open reads the archive's list of files. kind is the extension that the file has, such as ".docx".
func open(data []byte, kind string, max bounds) (archive, error) {
	if err := notArchive(data, kind); err != nil {
		return archive{}, err
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return archive{}, refuse("the file is broken: "+err.Error(), saveAnew)
	}
	if len(r.File) > max.entries {
		return archive{}, refuse(fmt.Sprintf("the file holds %d parts; more than %d are not read", len(r.File), max.entries), saveAnew)
	}
	a := archive{files: map[string]*zip.File{}, max: max}
	var total uint64
	for _, f := range r.File {
		packed, unpacked := f.CompressedSize64, f.UncompressedSize64
		if unpacked > max.total || total+unpacked > max.total {
			return archive{}, refuse(fmt.Sprintf("the file unpacks to more than %d MB", max.total>>20), "take pictures out of it, or split it")
		}
		if total += unpacked; unpacked > 1<<20 && unpacked/max.ratio > packed {
			return archive{}, refuse(fmt.Sprintf("the part %q is packed too tightly to be a document", f.Name), saveAnew)
		}
		if kind == ".xlsx" && unpacked > uint64(max.part) { // excelize reads all parts, and takes many times their size
			return archive{}, tooLarge(f.Name, max)
		}
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

// notArchive says what a file is that is no archive; nil when it may be one.
func notArchive(data []byte, kind string) error {
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		return nil
	case bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		if bytes.Contains(data, utf16("EncryptedPackage")) {
			return refuse("the file is protected by a password", "save it without one")
		}
		return refuse("this is an old Office file with the name of a new one", "open it, and save it as "+kind)
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return refuse("this is an RTF file with another name", "open it, and save it as "+kind)
	case bytes.HasPrefix(data, []byte("%PDF")):
		return refuse("this is a PDF file with another name", "save the text it was made from as "+kind)
	}
	return refuse("this is no "+kind+" file", "open it, and save it as "+kind)
}

// utf16 returns ASCII text as Office's old files hold it.
func utf16(text string) []byte {
	var b []byte
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return b
}

// errMissing says that a part is not there.
var errMissing = errors.New("is missing")

// part unpacks a file of the archive.
func (a archive) part(name string) ([]byte, error) {
	f, ok := a.files[name]
	if !ok {
		return nil, fmt.Errorf("%q %w", name, errMissing)
	}
	if f.Flags&1 != 0 {
		return nil, refuse("the file is protected by a password", "save it without one")
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse(fmt.Sprintf("the part %q is broken: %v", name, err), saveAnew)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.max.part+1))
	if err != nil {
		return nil, refuse(fmt.Sprintf("the part %q is broken: %v", name, err), saveAnew)
	}
	if int64(len(data)) > a.max.part {
		return nil, tooLarge(name, a.max)
	}
	return data, nil
}

func tooLarge(part string, max bounds) error {
	return refuse(fmt.Sprintf("the part %q has more than %d MB", part, max.part>>20), "split the document")
}

// within returns the path of a part that another one, in folder, names.
func within(folder, target string) string {
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		return path.Clean(rooted)
	}
	return path.Join(folder, target)
}
