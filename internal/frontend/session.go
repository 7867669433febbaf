package frontend

import (
	"context"
	"sync"
)

// Session is what runs keep from one another, so that those of a server do not search the same directories and read the
// same files again. They find what they would find without it, if Forget is told what changes on disk, and go one after
// the other. The zero Session knows nothing yet.
type Session struct {
	// Running is held by the run that goes on.
	Running sync.Mutex

	mu    sync.Mutex
	known map[string]Known
}

// Known is what runs of one kind have come to know.
type Known interface {
	// Forget says that files have changed on disk, were made or removed. The names are absolute.
	Forget(names ...string)
}

// Forget says that files have changed on disk, were made or removed. The names are absolute. Without names, anything
// may have changed.
func (s *Session) Forget(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(names) == 0 {
		clear(s.known)
	}
	for _, k := range s.known {
		k.Forget(names...)
	}
}

// mostKinds bounds how many kinds of runs are remembered at a time.
const mostKinds = 8

// Known is what runs of the kind know, or what fresh makes.
func (s *Session) Known(kind string, fresh func() Known) Known {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.known[kind]
	if k == nil {
		if s.known == nil || len(s.known) >= mostKinds {
			s.known = map[string]Known{}
		}
		k = fresh()
		s.known[kind] = k
	}
	return k
}

type sessionKey struct{}

// InSession is a context in which a run is one of the session.
func InSession(ctx context.Context, s *Session) context.Context {
	return context.WithValue(ctx, sessionKey{}, s)
}

// SessionOf is the session that the context brings, or nil.
func SessionOf(ctx context.Context) *Session {
	s, _ := ctx.Value(sessionKey{}).(*Session)
	return s
}
