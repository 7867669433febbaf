package attachment

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// schedule is what calls a function from time to time.
type schedule struct {
	by      *graph.Header
	text    string
	pause   pause
	known   bool
	missing []fact.Missing
}

// pause is how long a schedule leaves a function alone.
type pause int

const (
	often   pause = iota // never for 30 days
	monthly              // for more than 30 days, where a month has 31
	seldom               // always for more than 30 days
)

// quiet are the kinds of resources that name a function and do not call it.
var quiet = []aws.Kind{aws.FunctionPermission, aws.EventInvokeConfig, aws.LogGroup, aws.Alarm, aws.Role}

// callers are the kinds of what calls a function by a schedule.
var callers = []aws.Kind{aws.EventRule, aws.EventTarget, aws.Schedule}

// onlySchedules are the schedules that call the function, or none where something else may call it too.
func onlySchedules(p *rules.Pass, f *graph.Header) (out []schedule) {
	for _, h := range p.Dependents(f.Address) {
		switch kind := aws.KindOf(h.Type); {
		case slices.Contains(quiet, kind), p.Policies.At(h.Address) != nil:
		case slices.Contains(callers, kind):
			out = append(out, scheduleOf(p, h))
		default:
			return nil
		}
	}
	return out
}

// scheduleOf reads the expression of a schedule. The target of a rule has that of its rule.
func scheduleOf(p *rules.Pass, h *graph.Header) schedule {
	s := schedule{by: h}
	if aws.KindOf(h.Type) == aws.EventTarget {
		s.by = eventRule(p, h)
	}
	r := p.Resources.At(s.by.Address)
	if r == nil {
		return s.unknown()
	}
	for text, known := range p.Texts(r.Properties, "scheduleexpression") {
		literal, whole := text.Literal()
		if !known.IsTrue() || !whole {
			s.missing = append(known.Missing, text.Missing()...)
			return s
		}
		s.text, s.known, s.pause = literal, true, pauseOf(literal)
		return s
	}
	s.known = true // it waits for events
	return s
}

// eventRule is the rule of a target, or the target itself where that is not to be seen. What the target depends on does
// not say which instance of a rule with count or for_each it is, its properties do.
func eventRule(p *rules.Pass, target *graph.Header) *graph.Header {
	var named []string
	if r := p.Resources.At(target.Address); r != nil {
		for _, it := range r.Properties.In(p.World).Items {
			text, _ := it.Value.Value.Get(p.World)
			named = append(named, text.Addresses()...)
		}
	}
	for _, address := range append(named, target.Depends...) {
		if rule := p.Head(address); rule != nil && aws.KindOf(rule.Type) == aws.EventRule {
			return rule
		}
	}
	return target
}

func (s schedule) unknown() schedule {
	s.missing = []fact.Missing{{Kind: fact.Resource, Name: "schedule of " + s.by.Address, Span: s.by.Span}}
	return s
}

var (
	rate     = regexp.MustCompile(`^rate\(\s*(\d+)\s+days?\s*\)$`)
	oneDay   = regexp.MustCompile(`^(\d+W?|LW?)$`)
	oneNamed = regexp.MustCompile(`^\w+(#\d|L)$`)
)

// pauseOf reads a schedule expression. An expression that is not understood is taken to call often.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
func pauseOf(expression string) pause {
	if m := rate.FindStringSubmatch(expression); m != nil {
		if days, err := strconv.Atoi(m[1]); err == nil && days > 30 {
			return seldom
		}
		return often
	}
	fields := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(expression, "cron("), ")"))
	if !strings.HasPrefix(expression, "cron(") || len(fields) != 6 {
		return often
	}
	day, month, weekday := fields[2], fields[3], fields[4]
	switch {
	case !oneDay.MatchString(day) && !oneNamed.MatchString(weekday):
		return often
	case strings.ContainsAny(month, "*/,-"):
		if rarely.MatchString(month) {
			return seldom
		}
		return monthly
	}
	return seldom
}

// rarely matches steps of months that leave out one at least.
var rarely = regexp.MustCompile(`^(\*|\d+)/([2-9]|1[0-2])$`)
