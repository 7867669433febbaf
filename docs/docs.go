// Package docs is prose. The pages about the rules and the schema of the configuration are made by go generate.
package docs

//go:generate go run ../internal/docs/gen
