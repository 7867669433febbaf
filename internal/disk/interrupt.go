package disk

import (
	"os"
	"os/signal"
	"syscall"
)

// removeWhenStopped removes the file at path if the process is told to end, and then lets it end. The caller calls the
// result once the file is no longer half written.
func removeWhenStopped(path string) (done func()) {
	signals := make(chan os.Signal, 1)
	over := make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		select {
		case <-over:
		case s := <-signals:
			_ = os.RemoveAll(path) // who ends the process wants no message
			signal.Stop(signals)
			if self, err := os.FindProcess(os.Getpid()); err != nil || self.Signal(s) != nil {
				os.Exit(failure) // where a process cannot send the signal to itself
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(over)
	}
}

// failure is the exit code of a run that did not come to its end.
const failure = 2
