package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
)

// Bounds on what is read.
const (
	maxBytes     = 10 << 20
	maxRedirects = 5
	maxWait      = 30 * time.Second
)

// Open reads a file on this machine.
func Open(name string) (Source, error) {
	f, err := os.Open(name)
	if err != nil {
		return Source{}, fmt.Errorf("import: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Source{}, fmt.Errorf("import: %w", err)
	}
	if !info.Mode().IsRegular() {
		return Source{}, fmt.Errorf("import %q: this is no file; name the files in it", name)
	}
	data, err := bounded(f)
	if err != nil {
		return Source{}, fmt.Errorf("import %q: %w", name, err)
	}
	base := filepath.Base(name)
	kind := strings.ToLower(filepath.Ext(base))
	return Source{From: base, Name: fileName(strings.TrimSuffix(base, filepath.Ext(base))), Type: kind, Data: data}, nil
}

// IsAddress reports whether what somebody wrote is an address rather than a file.
func IsAddress(s string) bool {
	lower := strings.ToLower(s)
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")
}

// types are the media types that are read, by the ending of files of that type.
var types = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv",
	"text/tab-separated-values": ".tsv",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
}

// Fetch gets a page, a document or a table from an address. It follows a few redirects, sends no cookies, and takes 30
// seconds and 10 MB at most. The address may be of a private network: who imports is staff, at their own machine.
func Fetch(ctx context.Context, address string) (Source, error) {
	ctx, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	at, err := url.Parse(address)
	if err != nil || at.Hostname() == "" {
		return Source{}, fmt.Errorf("import %q: this is no web address", address)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Source{}, fmt.Errorf("import %q: %w", address, err)
	}
	request.Header.Set("User-Agent", "frontdesk import")
	request.Header.Set("Accept", "text/html, text/plain, text/csv, */*;q=0.5")
	response, err := client().Do(request)
	if err != nil {
		return Source{}, fmt.Errorf("import: %w", err)
	}
	defer response.Body.Close()
	from := withoutSecrets(at)
	if response.StatusCode != http.StatusOK {
		return Source{}, fmt.Errorf("import %q: the site says %s", from, response.Status)
	}
	kind, err := typeOf(response)
	if err != nil {
		return Source{}, fmt.Errorf("import %q: %w", from, err)
	}
	data, err := bounded(response.Body)
	if err == nil && (kind == ".html" || kind == ".txt") {
		data, err = toUTF8(data, response.Header.Get("Content-Type"))
	}
	if err != nil {
		return Source{}, fmt.Errorf("import %q: %w", from, err)
	}
	s := Source{From: from, Name: nameOf(response.Request.URL), Type: kind, Data: data}
	if isPublic(response.Request.URL.Hostname()) {
		s.URL = withoutSecrets(response.Request.URL)
	}
	return s, nil
}

// isPublic reports whether people outside the staff's own network may be able to open a page of the host.
func isPublic(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsGlobalUnicast() && !ip.IsPrivate()
	}
	return strings.Contains(host, ".") && !strings.HasSuffix(host, ".local") && !strings.HasSuffix(host, ".internal")
}

func client() *http.Client {
	return &http.Client{CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return errors.New("too many redirects")
		}
		if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
			return fmt.Errorf("redirected to %q", r.URL.Scheme)
		}
		return nil
	}}
}

// typeOf tells the format by what the site says, and where that says nothing by the address.
func typeOf(r *http.Response) (string, error) {
	said, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		said = "application/octet-stream"
	}
	kind, known := types[said]
	ending := strings.ToLower(path.Ext(r.Request.URL.Path))
	switch {
	case kind == ".txt" && (ending == ".csv" || ending == ".tsv" || ending == ".md"):
		return ending, nil
	case known:
		return kind, nil
	case said == "application/octet-stream" || said == "application/zip":
		for _, kind := range types {
			if kind == ending {
				return ending, nil
			}
		}
	}
	return "", fmt.Errorf("%s is not read; read are web pages, text, tables, .docx and .xlsx", said)
}

// toUTF8 reads text in the character set that the site or the page names.
func toUTF8(data []byte, contentType string) ([]byte, error) {
	encoding, _, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], contentType)
	if !certain {
		return data, nil // knowledge tells it
	}
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("the characters cannot be read: %w", err)
	}
	return text, nil
}

func bounded(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxBytes {
		return nil, fmt.Errorf("more than %d MB are not read", maxBytes>>20)
	}
	return data, nil
}

// withoutSecrets returns an address without what only the browser needs, and without a password.
func withoutSecrets(u *url.URL) string {
	shown := *u
	shown.User, shown.Fragment, shown.RawFragment = nil, "", ""
	return shown.String()
}

// nameOf names an article by the last part of its address that says something.
func nameOf(u *url.URL) string {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	last := parts[len(parts)-1]
	stem := strings.TrimSuffix(last, path.Ext(last))
	if stem == "" || strings.EqualFold(stem, "index") {
		stem = strings.TrimPrefix(u.Hostname(), "www.")
		if len(parts) > 1 {
			stem = parts[len(parts)-2]
		}
	}
	return fileName(stem)
}
