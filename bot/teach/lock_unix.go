//go:build unix

package teach

import (
	"os"
	"syscall"
)

// lock waits for the lock of a file, which is made where there is none. It is held for as long as a small file takes to
// write; a program that ends lets go of it. Where the file system has no locks, there is none to wait for.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX) == syscall.EINTR {
	}
	return func() { f.Close() }, nil
}
