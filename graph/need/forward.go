package need

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

// forwarding are services that call others with the permissions of their caller, who only hands over a name: the
// location of results, a topic, a document, a secret. So whoever may call them needs permissions on what they never
// call. Operations are in small letters; without any, all operations count. An AWS managed policy whose name begins
// with policy, if there is any, allows them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
var forwarding = []struct {
	policy, prefix string
	operations     []string
	to             []string // ids of endpoint services
}{
	{"AmazonAthena", "athena", nil, []string{"s3", "glue"}},
	{"AmazonPolly", "polly", []string{"startspeechsynthesistask"}, []string{"s3", "sns"}},
	{"AmazonRekognition", "rekognition", nil, []string{"s3"}},
	{"AmazonTextract", "textract", nil, []string{"s3"}},
	{"AmazonTranscribe", "transcribe", nil, []string{"s3"}},
	{"", "dynamodb", []string{"exporttabletopointintime", "importtable"}, []string{"s3"}},
	{"AmazonRDSData", "rds-data", nil, []string{"secretsmanager"}},
	{"AmazonRedshiftData", "redshift-data", nil, []string{"secretsmanager"}},
}

// forwarded lists the endpoint services that others may call for the function.
func (c *collector) forwarded() (services []string) {
	r, _ := graph.Lookup(c.v, &c.v.Roles, c.f.Role)
	if r == nil {
		return nil
	}
	for _, attached := range r.Policies.In(c.v.World).Items {
		if attached.Value.Document == nil {
			managed, ok := policy.ManagedAt(attached.Value.ARN)
			for _, f := range forwarding {
				if ok && f.policy != "" && strings.HasPrefix(managed.Name, f.policy) {
					services = append(services, f.to...)
				}
			}
			continue
		}
		for _, s := range attached.Value.Document.Statements.In(c.v.World).Items {
			if s.Value.Has(c.v.World, policy.Allow).IsTrue() {
				services = append(services, c.forwardedBy(&s.Value)...)
			}
		}
	}
	return services
}

func (c *collector) forwardedBy(s *policy.Statement) (services []string) {
	for _, action := range s.Actions.In(c.v.World).Items {
		text, _ := action.Value.Literal()
		prefix, operation, _ := strings.Cut(strings.ToLower(text), ":")
		known, _, open := strings.Cut(operation, "*")
		for _, f := range forwarding {
			if f.prefix == prefix && (f.operations == nil || slices.ContainsFunc(f.operations, func(o string) bool {
				return o == operation || open && strings.HasPrefix(o, known)
			})) {
				services = append(services, f.to...)
			}
		}
	}
	return services
}
