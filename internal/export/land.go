// The picture of the world under the maps on the pages of case studies.

package export

import (
	"fmt"
	"sync"

	"casebook/internal/atlas"
	"casebook/internal/site"
)

func (e *exporter) land() error { return e.add(site.LandPath, land()) }

// land returns the picture of the world under the marks on the pages of case
// studies. Its grey is visible on white and on black, because a picture cannot
// adapt to its background.
var land = sync.OnceValue(func() []byte {
	world := atlas.World()
	width, height := world.Width/site.Smaller, world.Height/site.Smaller
	return fmt.Appendf(nil,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d"><path fill="#7f849a" fill-opacity=".45" d="%s"/></svg>`+"\n",
		width, height, width, height, world.Land(site.Smaller))
})
