// Package source turns one folder on disk into an immutable listing of its
// files, including their bytes, so that a build is a pure function of a [Tree].
//
// A [Scanner] remembers its last look. It does not read a file again whose size,
// times and identity are unchanged, unless the file changed so recently that the
// times may not show a second change. Then the content decides: a file whose
// content did not change is the same *[File] from tree to tree, and a folder in
// which nothing changed is the same *Tree.
//
// Input: a folder that untrusted people contribute to. Everything is reached
// through [os.Root]; symbolic links, devices and pipes are reported and never
// followed or opened. Hidden files and what editors leave behind are not part
// of the listing (see [Ignored]).
//
// The package does not know what the files mean or which of them belong
// together: a later stage reports names that differ only in case.
//
// Memory: the text in the folder, and about 350 bytes for each file.
package source
