//go:build unix

package source

import "syscall"

// A pipe that nobody writes to would block an open that lacks O_NONBLOCK.
const fileFlags = syscall.O_NONBLOCK
