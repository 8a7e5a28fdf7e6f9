package export

import (
	"fmt"

	"casebook/internal/atlas"
	"casebook/internal/site"
)

// land is the picture of the world that lies under the marks on the pages of case
// studies. Its grey is seen on white as on black, since a picture does not know
// what is around it.
func (e *exporter) land() error {
	world := atlas.World()
	width, height := world.Width/site.Smaller, world.Height/site.Smaller
	return e.add(site.LandPath, fmt.Appendf(nil,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d"><path fill="#7f849a" fill-opacity=".45" d="%s"/></svg>`+"\n",
		width, height, width, height, world.Land(site.Smaller)))
}
