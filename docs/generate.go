// Package docs is prose. The pages about the rules are made of the rules, their fixtures and the program's own output.
package docs

//go:generate go run ../internal/docs/gen
