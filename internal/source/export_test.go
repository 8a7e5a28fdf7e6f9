package source

// Settle treats all files read so far as if they had not changed for a while.
func (s *Scanner) Settle() {
	for _, e := range s.entries {
		e.settled = true
	}
}
