//go:build unix

package versions

import (
	"os"
	"syscall"
)

// syncsDirs tells that a folder can be made to last by itself.
const syncsDirs = true

// tryLock takes the lock of an open file, which ends when the file is closed. Where the file system has no locks,
// there is none to wait for.
func tryLock(f *os.File) bool {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return err != syscall.EWOULDBLOCK && err != syscall.EINTR
}
