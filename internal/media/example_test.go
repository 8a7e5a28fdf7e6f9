package media_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"log"

	"casebook/internal/media"
)

func ExampleCheck() {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 640, 480))); err != nil {
		log.Fatal(err)
	}
	asset, err := media.Check("ward.png", picture.Bytes())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(asset.Type, asset.Width, asset.Height)

	_, err = media.Check("ward.jpg", picture.Bytes())
	fmt.Println(err)
	// Output:
	// image/png 640 480
	// this is not a JPG file: its first bytes are of another format
}
