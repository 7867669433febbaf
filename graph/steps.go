package graph

import "strings"

// StepsInCommon tells how near two resources are among the modules or nested stacks: how many steps their addresses
// share.
func StepsInCommon(a, b string) int {
	n := 0
	for {
		x, restA, _ := strings.Cut(a, ".")
		y, restB, _ := strings.Cut(b, ".")
		if x != y || restA == "" || restB == "" {
			return n
		}
		a, b, n = restA, restB, n+1
	}
}
