// The event stream that tells open pages about a new state.

package preview

import (
	"fmt"
	"net/http"
	"time"
)

const (
	// retryAfter is how long a page waits before it connects again.
	retryAfter = 500 * time.Millisecond
	// sendTimeout is how long a client may take to accept a message.
	sendTimeout = 5 * time.Second
)

// serveEvents sends the server-sent events that pages listen to. Each event is
// the version of a state: the current one at the start, then each new one. Pages
// request the state to learn what changed.
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
		if err := stream.SetWriteDeadline(time.Now().Add(sendTimeout)); err != nil {
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
			case <-heartbeat.C: // finds out whether the client is still connected
				if !send(":\n\n") {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}
