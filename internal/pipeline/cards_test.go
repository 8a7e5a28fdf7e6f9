package pipeline

import (
	"bytes"
	"image/png"
	"testing"

	"casebook/internal/cache"
	"casebook/internal/drawing"
)

// TestCardsAreDrawnOnce checks that a card is reused from the exports before, and from
// those of an earlier process.
func TestCardsAreDrawnOnce(t *testing.T) {
	kept, err := cache.Open(t.TempDir(), cache.Use{Source: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	card := drawing.Card{Site: "Notes", Title: "A ward", Note: "Uganda", Topic: "Shared", Number: 1}
	var first drawnCards
	first.recall(kept)
	data, err := first.draw(card)
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || picture.Width != drawing.CardWidth || picture.Height != drawing.CardHeight {
		t.Errorf("%v, %v", picture, err)
	}
	// Different bytes distinguish the kept card from one that is drawn again.
	first.files[card] = newFile("x", []byte("kept"))
	if err := first.save(kept); err != nil {
		t.Fatal(err)
	}
	var second drawnCards
	second.recall(kept)
	if data, err := second.draw(card); err != nil || string(data) != "kept" {
		t.Errorf("a card that an earlier process drew is drawn again: %v", err)
	}
	card.Title = "Another ward"
	fresh, err := card.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if data, err := second.draw(card); err != nil || !bytes.Equal(data, fresh) {
		t.Errorf("a card with another title is not drawn: %v", err)
	}
	if !second.differ {
		t.Error("the new card is not kept")
	}
}
