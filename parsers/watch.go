package parsers

import "sync"

// Watch is told how far a load is: with how many of how many it is done, of "files", "deployments" or "modules". Calls
// come one at a time, from several goroutines.
type Watch func(what string, done, total int)

// counting returns what to call when a job is done, of which each counts for as many as size says.
func (w Watch) counting(what string, jobs []*job, size func(*job) int) func(*job) {
	var mu sync.Mutex
	done, total := 0, 0
	for _, j := range jobs {
		total += size(j)
	}
	if w == nil {
		return func(*job) {}
	}
	w(what, done, total)
	return func(j *job) {
		mu.Lock()
		defer mu.Unlock()
		done += size(j)
		w(what, done, total)
	}
}
