// Package source turns one folder on disk into an immutable listing of what is
// in it, bytes and all, so that a build is a pure function of a [Tree].
//
// A [Scanner] remembers its last look: a file whose size, times and identity
// are unchanged is not read again, one that changed too recently to be told
// apart by its times is, and in the end content decides. A file whose content
// did not change is the same *[File] from tree to tree, and a folder in which
// nothing changed is the same *Tree.
//
// Input: a folder that untrusted people contribute to. Everything is reached
// through [os.Root]; symbolic links, devices and pipes are reported and never
// followed or opened. Hidden files and what editors leave behind are not part
// of the listing (see [Ignored]).
//
// The package knows neither what the files mean nor which of them belong
// together: names that differ only in case are a later stage's concern.
//
// Memory: the text in the folder, and about 350 bytes for each file.
package source
