package fix

import "bytes"

// reformat is the edits that make after of before, which differ between the offsets, and elsewhere in the space between
// words alone. Each of those is an edit of its own, so that no edit has words of the file in it.
func reformat(before, after []byte, from, to int) (out []Edit) {
	from = bytes.LastIndexByte(before[:from], '\n') + 1
	if n := bytes.IndexByte(before[to:], '\n'); n >= 0 {
		to += n
	} else {
		to = len(before)
	}
	begin, end := 0, len(after) // of the lines in after that stand for those
	for range bytes.Count(before[:from], []byte{'\n'}) {
		begin += bytes.IndexByte(after[begin:], '\n') + 1
	}
	for range bytes.Count(before[to:], []byte{'\n'}) {
		end = bytes.LastIndexByte(after[:end], '\n')
	}
	out = spaces(before[:from], after[:begin], 0)
	if e := between(before[from:to], after[begin:end]); e != (Edit{e.Start, e.Start, ""}) {
		out = append(out, Edit{e.Start + from, e.End + from, e.Text})
	}
	return append(out, spaces(before[to:], after[end:], to)...)
}

// spaces is the edits that make after of before, which differ in the space between words.
func spaces(before, after []byte, at int) (out []Edit) {
	i, j := 0, 0
	for i < len(before) || j < len(after) {
		a, b := blank(before[i:]), blank(after[j:])
		if !bytes.Equal(before[i:i+a], after[j:j+b]) {
			out = append(out, Edit{at + i, at + i + a, string(after[j : j+b])})
		}
		i, j = i+a, j+b
		for i < len(before) && j < len(after) && before[i] == after[j] && blank(before[i:]) == 0 {
			i, j = i+1, j+1
		}
		if a, b := blank(before[i:]), blank(after[j:]); a+b == 0 && (i < len(before) || j < len(after)) {
			return append(out, Edit{at + i, at + len(before), string(after[j:])})
		}
	}
	return out
}

// blank is how many bytes of space text begins with.
func blank(text []byte) int { return len(text) - len(bytes.TrimLeft(text, " \t")) }
