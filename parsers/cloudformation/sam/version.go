package sam

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/tree"
)

// invoked is what events and URLs call: the function, or its alias where one is published.
type invoked struct {
	// alias is the logical id of the alias, name its Name.
	alias string
	name  *tree.Node
	arn   *tree.Node
	ref   *tree.Node
}

// publish makes the version and the alias of AutoPublishAlias. A published version keeps the network settings of its
// function. The logical id of the version ends in a hash of the code when SAM makes it; here it does not, since nobody can
// write such an id into a template and "Function.Version" is renamed to it.
func (t *translation) publish(s written) invoked {
	alias := s.get("AutoPublishAlias")
	if !truthy(alias) {
		return invoked{arn: s.getAtt(s.id, "Arn"), ref: s.ref(s.id)}
	}
	version := s.child("Version", "AWS::Lambda::Version")
	version.set("FunctionName", s.ref(s.id))
	version.set("Description", s.get("VersionDescription"))
	t.add(s.id, version)

	alias = t.resolve(alias)
	name, _ := text(alias)
	a := s.child("Alias"+strings.NewReplacer("-", "D", "_", "U").Replace(name), "AWS::Lambda::Alias")
	a.set("Name", alias)
	a.set("FunctionName", s.ref(s.id))
	a.set("FunctionVersion", s.getAtt(version.id, "Version"))
	a.set("ProvisionedConcurrencyConfig", s.get("ProvisionedConcurrencyConfig"))
	t.add(s.id, a)

	t.references[s.id+".Version"] = version.id
	t.references[s.id+".Alias"] = a.id
	t.deploy(s)
	return invoked{alias: a.id, name: alias, arn: s.ref(a.id), ref: s.ref(a.id)}
}

// deployment is a function that CodeDeploy shifts to its new version.
type deployment struct {
	written
	role *tree.Node
}

func (t *translation) deploy(s written) {
	preference := s.get("DeploymentPreference")
	enabled := preference.Get("Enabled")
	if !truthy(preference) || given(enabled) && isFalse(t.resolve(enabled)) {
		return
	}
	t.deployments = append(t.deployments, deployment{s, preference.Get("Role")})
}

// addCodeDeploy makes the application, its role and the groups of all deployments. The role is made unless every
// deployment names one of its own. Application and role get no Condition here: no function or network depends on them.
func (t *translation) addCodeDeploy() {
	if len(t.deployments) == 0 {
		return
	}
	first := written{maker: t.deployments[0].maker, node: t.deployments[0].maker.object()}
	application := first.child("ServerlessDeploymentApplication", "AWS::CodeDeploy::Application")
	application.set("ComputePlatform", first.text("Lambda"))
	t.add("", application)
	r := first.newRole("CodeDeployServiceRole", first.trust("codedeploy.amazonaws.com"), "service-role/AWSCodeDeployRoleForLambda")
	var needed bool
	for _, d := range t.deployments {
		group := d.child("DeploymentGroup", "AWS::CodeDeploy::DeploymentGroup")
		group.set("ApplicationName", d.ref(application.id))
		if truthy(d.role) {
			group.set("ServiceRoleArn", d.role)
		} else {
			group.set("ServiceRoleArn", d.getAtt(r.id, "Arn"))
			needed = true
		}
		t.add("", group)
	}
	if needed {
		t.add("", r.finish(first))
	}
}
