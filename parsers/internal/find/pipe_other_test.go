//go:build !unix

package find_test

import "testing"

func pipe(t *testing.T, _ string) {
	t.Helper()
	t.Skip("the system has no named pipes")
}
