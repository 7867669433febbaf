package parsers

// nestedUnits names the units that are part of another's deployment. Units that only open each other, in a circle, are
// all kept as roots: none of them may be lost.
func nestedUnits(jobs []*job) map[string]bool {
	opens := map[string][]string{}
	opened := map[string]bool{}
	for _, j := range jobs {
		opens[j.name] = j.opened
		for _, name := range j.opened {
			opened[name] = true
		}
	}
	nested := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		for _, inner := range opens[name] {
			if !nested[inner] {
				nested[inner] = true
				visit(inner)
			}
		}
	}
	for _, j := range jobs {
		if !opened[j.name] {
			visit(j.name)
		}
	}
	return nested
}
