package frontend

import "context"

type contextKey struct{}

// NewContext is a context in which a run reads the languages of the set, and no others. Tests bring their own.
func NewContext(ctx context.Context, languages Set) context.Context {
	return context.WithValue(ctx, contextKey{}, languages)
}

// FromContext is the set that the context brings, or nil.
func FromContext(ctx context.Context) Set {
	languages, _ := ctx.Value(contextKey{}).(Set)
	return languages
}
