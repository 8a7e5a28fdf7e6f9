package preview

import (
	"fmt"
	"net/http"
	"time"
)

const (
	// retryAfter is how soon a page looks for a server that went away.
	retryAfter = 500 * time.Millisecond
	// stalled is how long a client may take to accept a message of a few bytes.
	stalled = 5 * time.Second
)

// serveEvents is the stream of server-sent events that pages listen to: the
// version of the state at once and whenever it changes, and nothing else. What
// changed, a page asks the state for.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	select {
	case s.clients <- struct{}{}:
		defer func() { <-s.clients }()
	default:
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many pages are open", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	stream := http.NewResponseController(w)
	send := func(message string) bool {
		if err := stream.SetWriteDeadline(time.Now().Add(stalled)); err != nil {
			return false
		}
		_, err := w.Write([]byte(message))
		return err == nil && stream.Flush() == nil
	}
	heartbeat := time.NewTicker(s.heartbeat)
	defer heartbeat.Stop()
	if !send(fmt.Sprintf("retry: %d\n\n", retryAfter.Milliseconds())) {
		return
	}
	for {
		now := s.state.Load()
		if !send(fmt.Sprintf("data: %d\n\n", now.version)) {
			return
		}
		for changed := false; !changed; {
			select {
			case <-now.replaced:
				changed = true
			case <-heartbeat.C: // finds out clients that went without a word
				if !send(":\n\n") {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}
