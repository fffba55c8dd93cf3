package bench

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// residentMemory reads VmRSS of a process, in MiB.
func residentMemory(process int) (float64, error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0, fmt.Errorf("reading a process's memory: %w", err)
	}
	return memoryField(string(content), "VmRSS:")
}

// memoryField reads a line of /proc, which is in KiB, as MiB.
func memoryField(content, name string) (float64, error) {
	for line := range strings.Lines(content) {
		if rest, found := strings.CutPrefix(line, name); found {
			var kib float64
			if _, err := fmt.Sscan(rest, &kib); err != nil {
				return 0, fmt.Errorf("reading %s %w", name, err)
			}
			return kib / 1024, nil
		}
	}
	return 0, errors.New("there is no line " + name)
}

// cpuTime returns what a process has used of the processor so far, 0 where the
// system does not tell. The kernel counts it in hundredths of a second.
func cpuTime(process int) time.Duration {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(content), ") ") // behind the name, which may hold spaces
	fields := strings.Fields(rest)
	const user, system = 11, 12 // utime and stime, counted from behind the name
	if len(fields) <= system {
		return 0
	}
	var ticks [2]int64
	if _, err := fmt.Sscan(fields[user]+" "+fields[system], &ticks[0], &ticks[1]); err != nil {
		return 0
	}
	return time.Duration(ticks[0]+ticks[1]) * (time.Second / 100)
}
