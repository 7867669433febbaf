package managed

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ManagedNoTelemetryPath flags capacity providers with a subnet from which nothing leads to CloudWatch Logs. The logs
// of managed instances go through the VPC, unlike those of other functions.
var ManagedNoTelemetryPath = &rules.Rule{
	Name:     "managed_no_telemetry_path",
	Severity: rules.Error,
	Owns: slices.Concat(
		ofInstances.Stops(trace.NoRoute, trace.RoleRouteTable, trace.RoleNATSubnet, trace.RoleInstance),
		ofInstances.Stops(trace.NoPublicAddress, trace.RoleInstance),
		ofInstances.Stops(trace.NATLoop, trace.RoleNAT, trace.RoleInstance),
		ofInstances.Stops(trace.NATToNAT, trace.RoleNAT),
		ofInstances.Stops(trace.NATIsPrivate, trace.RoleNAT),
		ofInstances.Stops(trace.NATNoAddress, trace.RoleNAT),
		ofInstances.Stops(trace.SourceDestCheck, trace.RoleInstance),
		ofInstances.Stops(trace.GroupRules, trace.RoleInstance),
		ofInstances.Stops(trace.PeeringNotTransit, trace.RolePeering),
	),
	Run: func(p *rules.Pass) {
		rules.EachSenderOn(p, trace.EC2, func(p *rules.Pass, s rules.Sender) {
			v, where, evidence := cut(p, s)
			p.Report(v, rules.Finding{
				Resource: s.Address, Span: s.At("VpcConfig.SubnetIds"), Affects: p.Guests(s), Trace: evidence,
				Message: fmt.Sprintf("logs of functions on capacity provider %q are lost: its instances have no way "+
					"to CloudWatch Logs from %s", s.Address, where),
				Remedy: "give the subnets a default route through a NAT gateway, or add an interface endpoint for " +
					"the service logs with private DNS names",
			})
		})
	},
}
