// Package skeleton is a small rule that works, with its prose and its fixture. A new rule begins as a copy of it.
package skeleton
