package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// namespace keeps esbuild from looking at the disk for our paths.
const namespace = "theme"

// virtualFiles makes esbuild read from opts only, and notes what it reads. To esbuild all sources are one tree: the
// files of FS under their own paths, those of a module under the module's name.
func virtualFiles(opts Options, read map[string]bool) api.Plugin {
	var mu sync.Mutex // esbuild loads several files at a time
	tree := tree{opts}
	return api.Plugin{Name: namespace, Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if args.Kind == api.ResolveCSSURLToken && isAddress(args.Path) {
				external := api.OnResolveResult{Path: args.Path, External: true}
				if isElsewhere(args.Path) {
					external.Warnings = []api.Message{{Text: fmt.Sprintf("url(%.60s) is not a file of the theme", args.Path)}}
				}
				return external, nil
			}
			name, err := tree.resolve(args)
			if err != nil && args.Kind == api.ResolveEntryPoint { // no file names it
				missing := api.Message{Text: err.Error(), Location: &api.Location{File: args.Path}}
				return api.OnResolveResult{Errors: []api.Message{missing}}, nil
			}
			return api.OnResolveResult{Path: name, Namespace: namespace}, err
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			loader := loaderOf(path.Ext(args.Path))
			if loader == api.LoaderNone {
				return api.OnLoadResult{}, fmt.Errorf("%q cannot be bundled: its type is not known", args.Path)
			}
			data, err := tree.read(args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			mu.Lock()
			read[args.Path] = true
			mu.Unlock()
			text := string(data)
			return api.OnLoadResult{Contents: &text, Loader: loader}, nil
		})
	}}
}

func loaderOf(ext string) api.Loader {
	switch ext {
	case ".css":
		return api.LoaderCSS
	case ".ts":
		return api.LoaderTS
	case ".js":
		return api.LoaderJS
	case ".json":
		return api.LoaderJSON
	case ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".woff", ".woff2":
		return api.LoaderFile // the pages' security policy allows no data: address
	default:
		return api.LoaderNone
	}
}

type tree struct{ Options }

// resolve gives the path in the tree of an import as written.
func (t tree) resolve(args api.OnResolveArgs) (string, error) {
	name := args.Path
	switch {
	case args.Kind == api.ResolveEntryPoint:
	case isRelative(args):
		name = path.Join(path.Dir(args.Importer), args.Path)
	default:
		if files, _ := t.module(args.Path); files == nil {
			return "", fmt.Errorf("import %q is neither a relative path nor a known module", args.Path)
		}
	}
	for _, candidate := range []string{name, name + ".ts", name + "/index.ts"} {
		if t.isFile(candidate) {
			return candidate, nil
		}
	}
	return "", fmt.Errorf("no file %q", name)
}

func (t tree) isFile(name string) bool {
	files, rest := t.locate(name)
	info, err := fs.Stat(files, rest)
	return err == nil && info.Mode().IsRegular()
}

func (t tree) read(name string) ([]byte, error) {
	files, rest := t.locate(name)
	data, err := fs.ReadFile(files, rest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no file %q", name)
	}
	return data, err
}

// locate says which files a path of the tree is in, and where in them.
func (t tree) locate(name string) (fs.FS, string) {
	if files, rest := t.module(name); files != nil {
		return files, rest
	}
	return t.FS, name
}

// module finds the module with the longest name that the path is in.
func (t tree) module(name string) (fs.FS, string) {
	for prefix := name; prefix != "."; prefix = path.Dir(prefix) {
		if files, ok := t.Modules[prefix]; ok {
			return files, strings.TrimPrefix(strings.TrimPrefix(name, prefix), "/")
		}
		if prefix == "/" {
			break
		}
	}
	return nil, ""
}

// isRelative: a script's relative import starts with a dot, a stylesheet's need not.
func isRelative(args api.OnResolveArgs) bool {
	switch args.Kind {
	case api.ResolveCSSURLToken, api.ResolveCSSImportRule:
		return !isAddress(args.Path)
	default:
		return strings.HasPrefix(args.Path, "./") || strings.HasPrefix(args.Path, "../")
	}
}

// isElsewhere reports an address on another site, or data: the pages' security policy blocks both.
func isElsewhere(name string) bool {
	return strings.HasPrefix(name, "//") || strings.Contains(name, ":")
}

// isAddress: an absolute path, a fragment or a URL with a scheme is for the browser to resolve.
func isAddress(name string) bool {
	return strings.HasPrefix(name, "/") || strings.HasPrefix(name, "#") || strings.Contains(name, ":")
}
