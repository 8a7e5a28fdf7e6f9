package search

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
)

func DumpHeap(name string) {
	dir := os.Getenv("DUMPHEAP")
	if dir == "" {
		return
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(os.Stderr, "%-12s heap %d MB sys %d MB total alloc %d MB\n", name, m.HeapAlloc>>20, m.Sys>>20, m.TotalAlloc>>20)
	f, _ := os.Create(dir + "/" + name + ".heap")
	pprof.Lookup("heap").WriteTo(f, 0)
	f.Close()
}
