package docs

import "strings"

// around is how many equal lines are shown on both sides of a change.
const around = 3

// difference shows how the text bad becomes good, in the manner of diff -u without its header: the changed lines with
// some equal ones around them. Runs of equal lines in between are left out.
func difference(bad, good string) string {
	x, y := strings.Split(strings.TrimRight(bad, "\n"), "\n"), strings.Split(strings.TrimRight(good, "\n"), "\n")
	lines := edits(x, y)
	shown := make([]bool, len(lines))
	for i, l := range lines {
		if l[0] == ' ' {
			continue
		}
		for j := max(0, i-around); j <= min(len(lines)-1, i+around); j++ {
			shown[j] = true
		}
	}
	var b strings.Builder
	for i, l := range lines {
		switch {
		case shown[i]:
			b.WriteString(strings.TrimRight(l, " ") + "\n")
		case i > 0 && shown[i-1] && anyTrue(shown[i:]):
			b.WriteString("@@\n")
		}
	}
	return b.String()
}

func anyTrue(bs []bool) bool {
	for _, b := range bs {
		if b {
			return true
		}
	}
	return false
}

// edits lists the lines of both, those of x alone with "-" in front, of y alone with "+", common ones with a space. The
// common ones are a longest common subsequence.
func edits(x, y []string) []string {
	common := make([][]int, len(x)+1) // of x[i:] and y[j:]
	for i := range common {
		common[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []string
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			out = append(out, " "+x[i])
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && common[i+1][j] >= common[i][j+1]:
			out = append(out, "-"+x[i])
			i++
		default:
			out = append(out, "+"+y[j])
			j++
		}
	}
	return out
}
