package assets

import (
	"errors"

	"github.com/evanw/esbuild/pkg/api"
)

// Classic turns a script of one file, a module or TypeScript, into a minified
// classic script. Identifiers that the script does not declare itself, such as
// "fetch" and "import.meta.url", become what replaced names.
func Classic(script []byte, replaced map[string]string) ([]byte, error) {
	result := api.Transform(string(script), api.TransformOptions{
		Loader:            api.LoaderTS,
		Format:            api.FormatIIFE,
		Define:            replaced,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LogLevel:          api.LogLevelSilent,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(result.Errors[0].Text)
	}
	return result.Code, nil
}
