// Pictures as squares, for icons.

package media

import (
	"image"
	"image/draw"
)

// Square returns a picture that [Check] returned, scaled down to fit into a
// square of the given size in pixels and placed in its middle. The rest of the
// square is transparent. The error is always an [*Error].
func (a *Asset) Square(size int) (image.Image, error) {
	if pixels := a.Width * a.Height; pixels > MaxCopied {
		return nil, &Error{"asset-copies", "no icon is made of it: it has " + millions(pixels) + " million pixels", "save it again with 512 × 512 pixels"}
	}
	picture, err := a.decode()
	if err != nil {
		return nil, &Error{"asset-content", "no icon is made of it: it cannot be decoded: " + err.Error(), "save it again as PNG"}
	}
	from := picture.Bounds().Size()
	longer := max(from.X, from.Y)
	width, height := max(1, from.X*size/longer), max(1, from.Y*size/longer)
	square := image.NewRGBA(image.Rect(0, 0, size, size))
	at := image.Rect(0, 0, width, height).Add(image.Pt((size-width)/2, (size-height)/2))
	draw.Draw(square, at, shrink(picture, width, height), image.Point{}, draw.Src)
	return square, nil
}
