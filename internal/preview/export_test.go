package preview

import "time"

// SetHeartbeat sets the time between two heartbeats, which is too long for tests.
func (s *Server) SetHeartbeat(d time.Duration) { s.heartbeat = d }

// MaxClients is the largest number of open event streams.
const MaxClients = maxClients

// MaxConnections is the largest number of open connections.
const MaxConnections = maxConnections

// MaxRetired is the number of replaced sites that are kept for their assets.
const MaxRetired = maxRetired

// Clients returns the number of open event streams.
func (s *Server) Clients() int { return len(s.clients) }
