package attachment

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
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

// quiet are the types of resources that name a function and do not call it.
var quiet = []string{
	"AWS::Lambda::Permission", "aws_lambda_permission", "AWS::Lambda::EventInvokeConfig",
	"aws_lambda_function_event_invoke_config", "AWS::Logs::LogGroup", "aws_cloudwatch_log_group",
	"AWS::CloudWatch::Alarm", "aws_cloudwatch_metric_alarm", "AWS::IAM::Role", "AWS::IAM::Policy", "aws_iam_role",
	"aws_iam_policy", "aws_iam_role_policy", "aws_iam_role_policy_attachment",
}

// callers are the types of schedules.
var callers = []string{
	"AWS::Events::Rule", "AWS::Scheduler::Schedule", "aws_scheduler_schedule", "aws_cloudwatch_event_target",
}

// onlySchedules are the schedules that call the function, or none where something else may call it too.
func onlySchedules(p *rules.Pass, f *graph.Header) (out []schedule) {
	for _, h := range p.Dependents(f.Address) {
		switch {
		case slices.Contains(quiet, h.Type):
		case slices.Contains(callers, h.Type):
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
	if h.Type == "aws_cloudwatch_event_target" {
		for _, d := range h.Depends {
			if rule := p.Head(d); rule != nil && rule.Type == "aws_cloudwatch_event_rule" {
				s.by = rule
			}
		}
	}
	r := p.Resources.Get(graph.ID[graph.Resource](s.by.Address))
	if r == nil {
		return s.unknown()
	}
	for _, it := range r.Properties.In(p.World).Items {
		if name := it.Value.Name; name != "ScheduleExpression" && name != "schedule_expression" {
			continue
		}
		text, known := it.Value.Value.Get(p.World)
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
