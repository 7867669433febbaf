package policy

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestTheTableOfAWSManagedPolicies(t *testing.T) {
	if n := len(loadManaged().byName); n != 1485 {
		t.Errorf("%d policies, want 1485", n)
	}
	const six, all = "CRDSAU", "CRDSAUVG"
	for _, c := range []struct{ path, version, allowed, scoped string }{
		{"/service-role/AWSLambdaVPCAccessExecutionRole", "v3", six, ""},
		{"/service-role/AWSLambdaENIManagementAccess", "v2", "CRDAU", ""},
		{"/service-role/AWSLambdaMSKExecutionRole", "v2", "CRDSVG", ""},
		{"/AdministratorAccess", "v1", all, ""},
		{"/job-function/NetworkAdministrator", "v15", all, ""},
		{"/AmazonEKS_CNI_Policy", "", six + "G", ""},
		{"/service-role/AWSLambdaBasicExecutionRole", "", "", ""},
		{"/AWSLambdaExecute", "", "", ""},
		{"/AWSLambdaManagedEC2ResourceOperator", "v4", "SG", "C"},
		{"/aws-service-role/AWSLambdaServiceRolePolicy", "v1", "", ""},
	} {
		t.Run(c.path, func(t *testing.T) {
			m, ok := ManagedAt(fact.Lit("arn:aws-cn:iam::aws:policy" + c.path))
			if !ok {
				t.Fatal("not found")
			}
			if c.version != "" && m.Version != c.version {
				t.Errorf("version %s, want %s", m.Version, c.version)
			}
			for i, action := range eniActions {
				want := fact.False
				switch letter := rune(eniLetters[i]); {
				case strings.ContainsRune(c.allowed, letter):
					want = fact.True
				case strings.ContainsRune(c.scoped, letter):
					want = fact.Unknown
				}
				if got := m.allows(ask(nil, action, Anything)).Truth; got != want {
					t.Errorf("%s: %v, want %v", action, got, want)
				}
			}
		})
	}
}

func TestAWSManagedPoliciesAreFoundByARN(t *testing.T) {
	for arn, want := range map[string]bool{
		"arn:aws:iam::aws:policy/AdministratorAccess":                                           true,
		"arn:aws-us-gov:iam::aws:policy/AdministratorAccess":                                    true,
		"arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess":                             true,
		"arn:${Data.partition}:iam::aws:policy/AdministratorAccess":                             true,
		"arn:aws:iam::aws:policy/service-role/AdministratorAccess":                              false,
		"arn:aws:iam::${AWS::AccountId}:policy/AdministratorAccess":                             false,
		"arn:aws:iam::aws:policy/${Name}":                                                       false,
		"arn:${AWS::Partition}${Rest}:iam::aws:policy/AdministratorAccess":                      false,
		"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole":    true,
		"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole/..": false,
	} {
		if _, ok := ManagedAt(text(arn)); ok != want {
			t.Errorf("%s: found %v, want %v", arn, ok, want)
		}
	}
	for arn, want := range map[string]string{
		"arn:aws:iam::aws:policy/AWSLambdaVPCAccessExecutionRole":                               "/service-role/",
		"arn:${AWS::Partition}:iam::aws:policy/service-role/AdministratorAccess":                "/",
		"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole":    "",
		"arn:aws:iam::${AWS::AccountId}:policy/AWSLambdaVPCAccessExecutionRole":                 "",
		"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole/..": "",
	} {
		got := ""
		if m, ok := Misplaced(text(arn)); ok {
			got = m.Path
		}
		if got != want {
			t.Errorf("%s: the path %q is the right one, want %q", arn, got, want)
		}
	}
	m, _ := ManagedNamed("AWSLambdaVPCAccessExecutionRole")
	if again, ok := ManagedAt(m.ARN()); !ok || again != m {
		t.Error("a policy is not found at its own ARN")
	}
}

func TestWhomATrustPolicyAdmits(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		want      fact.Truth
	}{
		{"the Lambda service", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}`, fact.True},
		{"one of several services", `{"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, "Action": ["sts:AssumeRole"]}`, fact.True},
		{"the Lambda service in China", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com.cn"}, "Action": "sts:AssumeRole"}`, fact.True},
		{"the Lambda service of any partition", `{"Effect": "Allow", "Principal": {"Service": "lambda.${AWS::URLSuffix}"}, "Action": "sts:*"}`, fact.True},
		{"anyone", `{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}`, fact.True},
		{"another service", `{"Effect": "Allow", "Principal": {"Service": "edgelambda.amazonaws.com"}, "Action": "sts:AssumeRole"}`, fact.False},
		{"an account", `{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "sts:AssumeRole"}`, fact.False},
		{"another action", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:TagSession"}`, fact.False},
		{"a service given as parameter", `{"Effect": "Allow", "Principal": {"Service": "${Service}"}, "Action": "sts:AssumeRole"}`, fact.Unknown},
		{"another service of any partition", `{"Effect": "Allow", "Principal": {"Service": "ec2.${AWS::URLSuffix}"}, "Action": "sts:AssumeRole"}`, fact.False},
		{"the guard against the confused deputy", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:SourceAccount": "1"}}}`, fact.True},
		{"another condition", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}`, fact.Unknown},
		{"all but one service", `{"Effect": "Allow", "NotPrincipal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}`, fact.True},
		{"a Deny for everyone", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}`, fact.False},
		{"a Deny for other accounts", `{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"aws:SourceAccount": "1"}}}`, fact.True},
	} {
		t.Run(c.name, func(t *testing.T) {
			if v := document(t, c.doc).Trusts(nil, "lambda.amazonaws.com"); v.Truth != c.want {
				t.Errorf("got %v, want %v", v, c.want)
			}
		})
	}
}
