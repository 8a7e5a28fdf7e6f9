package preview

import "time"

// SetHeartbeat makes the pause between two signs of life short enough to wait
// for.
func (s *Server) SetHeartbeat(d time.Duration) { s.heartbeat = d }

// MaxClients is how many event streams may be open at once.
const MaxClients = maxClients

// MaxConnections is how many connections may be open at once.
const MaxConnections = maxConnections

// MaxRetired is how many replaced sites are kept for their assets.
const MaxRetired = maxRetired

// Clients is how many event streams are open.
func (s *Server) Clients() int { return len(s.clients) }
