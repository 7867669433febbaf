package iam

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// mount is what a client of S3 Files needs to mount a file system. Unlike EFS, S3 Files grants nothing by default.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files-security-iam.html
const mount = "s3files:ClientMount"

// clientPolicies is how the names of AWS's policies for clients begin, which all allow the mount.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonS3FilesClientReadOnlyAccess.html
const clientPolicies = "AmazonS3FilesClient"

// S3FilesPermissionMissing flags roles of functions that mount an S3 Files file system and may not. A policy of the
// file system may allow it instead.
var S3FilesPermissionMissing = &rules.Rule{
	Name:     "s3_files_permission_missing",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		mounts := func(p *rules.Pass, f *graph.Function) fact.Verdict { return fact.Of(s3FilesOf(p, f) != nil) }
		eachRole(p, mounts, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			files := s3FilesOf(p, f)
			lacks := fact.And(lacksMount(p, role, files), otherwiseAllowed(p, files).Not())
			p.Ask(lacks, role.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: role.At("ManagedPolicyArns"), Affects: []string{f.Address},
					Message: fmt.Sprintf("functions with role %q cannot mount %q, because it does not allow %s",
						role.Address, files.Address, mount),
					Remedy: fmt.Sprintf("attach the AWS managed policy AmazonS3FilesClientReadWriteAccess, or "+
						"AmazonS3FilesClientReadOnlyAccess, to role %q", role.Address),
				}
			})
		})
	},
}

// lacksMount says whether the role does not allow the mount. A statement on the ARN of the file system does, although
// that is not known before it exists.
func lacksMount(p *rules.Pass, role *graph.Role, files *graph.DataStore) fact.Verdict {
	allowed := p.Allows(role, mount).Allowed
	isClient := func(a policy.Attached) fact.Verdict {
		m, known := policy.ManagedAt(a.ARN)
		return fact.Of(known && strings.HasPrefix(m.Name, clientPolicies))
	}
	if role.Policies.In(p.World).Any(isClient).IsTrue() {
		return fact.No()
	}
	isOther := func(m fact.Missing) bool {
		return m.Name != files.Address && !strings.HasPrefix(m.Name, files.Address+".")
	}
	if allowed.IsUnknown() && !slices.ContainsFunc(allowed.Missing, isOther) {
		return fact.No()
	}
	return allowed.Not()
}

// s3FilesOf is the S3 Files file system of this deployment that the function mounts, or nil.
func s3FilesOf(p *rules.Pass, f *graph.Function) *graph.DataStore {
	for _, n := range p.Needs(f).Nodes {
		d := p.DataStores.At(n.Name)
		if d != nil && d.Mounted && d.Kind == string(aws.S3FileSystem) {
			return d
		}
	}
	return nil
}

// otherwiseAllowed is Unknown where a policy of the file system may admit the function, else False. What such a policy
// says is not looked at.
func otherwiseAllowed(p *rules.Pass, files *graph.DataStore) fact.Verdict {
	out := fact.No()
	for r := range p.ResourcesOfKind(aws.S3FileSystemPolicy) {
		m := fact.Missing{Kind: fact.Semantics, Name: "what " + r.Address + " allows", Span: r.Span}
		out = fact.Or(out, fact.And(p.Exists(r), fact.Wants(m)))
	}
	if files.Exported != nil {
		out = fact.Or(out, fact.Wants(*files.Exported))
	}
	return out
}
