package cdkgo_test

import (
	"fmt"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cdkgo"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// lint says what the rules find in the network of a package.
var lint = &analysis.Analyzer{
	Name: "lint", Doc: "run every rule", Requires: []*analysis.Analyzer{cdkgo.Network},
	Run: func(pass *analysis.Pass) (any, error) {
		n := pass.ResultOf[cdkgo.Network].(*graph.Network)
		for _, f := range rules.Run([]*graph.Network{n}, all.Packs(), rules.Intent{}).Findings {
			if f.Severity > rules.Note {
				message := fmt.Sprintf("%s: %s: %s", f.Rule.Name, f.Severity, f.Message)
				pass.Report(analysis.Diagnostic{Pos: f.Span.Pos, End: f.Span.End, Message: message})
			}
		}
		return nil, nil
	},
}

func TestRulesSpeakAboutSubnets(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "public")
}

func TestCodeIsFollowedThroughThePackage(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "followed")
}

func TestNothingIsSaidOfWhatIsNotFollowed(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "unknown")
}

func TestHelpersOfOtherPackagesAddFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), cdkgo.Network, "facts/network")
	analysistest.Run(t, analysistest.TestData(), lint, "facts/app")
}

func TestFieldsAreFollowedWhereTheyAreSetOnce(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "assigned")
}

func TestRulesThatOnlyCDKWrites(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "connected")
}

func TestPointersAreWhatTheyPointAt(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), cdkgo.Network, "pointers/ptr")
	analysistest.Run(t, analysistest.TestData(), lint, "pointers/app")
}

// undecided says what the rule public_subnet_only waits for.
var undecided = &analysis.Analyzer{
	Name: "undecided", Doc: "say what is missing", Requires: []*analysis.Analyzer{cdkgo.Network},
	Run: func(pass *analysis.Pass) (any, error) {
		n := pass.ResultOf[cdkgo.Network].(*graph.Network)
		for _, u := range rules.Run([]*graph.Network{n}, all.Packs(), rules.Intent{}).Undecided {
			if u.Rule.Name == "public_subnet_only" {
				message := fmt.Sprintf("%s waits for %s", u.Resource, u.Missing[0].Name)
				pass.Report(analysis.Diagnostic{Pos: u.Span.Pos, Message: message})
			}
		}
		return nil, nil
	},
}

func TestWhatIsNotFollowedSaysWhy(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), undecided, "missing")
}

func TestConstructsDoWhatTheyDoByDefault(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "layouts")
}

func TestHostileCodeIsReadToItsEnd(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "hostile")
}

func TestOthersMayAddToWhatLeaves(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), lint, "leaves/lib", "leaves/app")
}

// TestExampleOfTheDocumentation holds doc.go to what its example becomes.
func TestExampleOfTheDocumentation(t *testing.T) {
	n := analysistest.Run(t, analysistest.TestData(), cdkgo.Network, "example")[0].Result.(*graph.Network)
	for _, id := range []graph.ID[graph.Subnet]{
		"Net/PublicSubnet1", "Net/PublicSubnet2", "Net/PrivateSubnet1", "Net/PrivateSubnet2",
	} {
		if n.Subnets.Get(id) == nil {
			t.Errorf("there is no subnet %s", id)
		}
	}
	if n.VPCs.Get("Net") == nil || n.Functions.Get("Fn") == nil {
		t.Error("the VPC or the function is missing")
	}
	if n.NATGateways.Len() != 1 || n.NATGateways.Get("Net/PublicSubnet1/NATGateway") == nil {
		t.Errorf("there are %d NAT gateways", n.NATGateways.Len())
	}
}
