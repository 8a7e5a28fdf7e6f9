//go:build !unix

package source

const fileFlags = 0
