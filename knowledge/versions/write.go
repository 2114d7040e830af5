package versions

import (
	"crypto/rand"
	"fmt"
	"os"
	"path"
	"strings"
	"time"
)

// abandoned is the age from which on a file that nothing refers to is what a crash left behind.
const abandoned = time.Hour

// tempPrefix begins the names of files that are being written. Whoever reads or watches a knowledge folder passes them
// over. Others of the program write files there too, under names of their own that are left alone.
const tempPrefix = ".frontdesk-version-"

func tempName(dir string) string { return path.Join(dir, tempPrefix+rand.Text()[:12]+".tmp") }

// writeFile makes a file appear whole: written beside, synced, renamed. The folder is not synced yet.
func writeFile(root *os.Root, name string, data []byte) error {
	temp, err := stage(root, path.Dir(name), data, 0o644)
	if err != nil {
		return err
	}
	if err := root.Rename(temp, name); err != nil {
		root.Remove(temp)
		return err
	}
	return nil
}

// stage writes a temporary file in dir and returns its name.
func stage(root *os.Root, dir string, data []byte, mode os.FileMode) (name string, err error) {
	name = tempName(dir)
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		root.Remove(name)
		return "", err
	}
	return name, nil
}

// syncDir makes what was renamed or removed in a folder last.
func syncDir(root *os.Root, dir string) error {
	if !syncsDirs {
		return nil
	}
	f, err := root.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	return nil
}

// removeTemps removes temporary files of ours in dir that are at least this old.
func removeTemps(root *os.Root, dir string, age time.Duration) {
	f, err := root.Open(dir)
	if err != nil {
		return
	}
	defer f.Close()
	entries, _ := f.ReadDir(-1)
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), tempPrefix) && strings.HasSuffix(e.Name(), ".tmp") && time.Since(info.ModTime()) >= age {
			root.Remove(path.Join(dir, e.Name()))
		}
	}
}
