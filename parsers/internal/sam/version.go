package sam

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// callee is what events and URLs call: a function, or its alias where one is published.
type callee struct {
	alias    string     // the logical id of the alias, or ""
	name     *tree.Node // the Name of the alias, or nil
	arn, ref *tree.Node
}

// publishAlias makes the version and the alias of AutoPublishAlias. A published version keeps the network settings of
// its function.
//
// SAM ends the logical id of the version in a hash of the code. Here it has no hash: nobody can write such an id into a
// template, and "Function.Version" is renamed to the id that stands here.
func (t *translation) publishAlias(s templateResource) callee {
	alias := s.get("AutoPublishAlias")
	if !isTruthy(alias) {
		return callee{arn: s.getAtt(s.id, "Arn"), ref: s.ref(s.id)}
	}
	version := s.child("Version", "AWS::Lambda::Version")
	if !version.hasDeletionPolicy() {
		version.attributes = append(version.attributes, s.field("DeletionPolicy", s.versionPolicy()))
	}
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
	t.addDeploymentGroup(s)
	return callee{alias: a.id, name: alias, arn: s.ref(a.id), ref: s.ref(a.id)}
}

// versionPolicy is the DeletionPolicy of the versions: they stay, unless the function runs on instances of a capacity
// provider.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
func (s templateResource) versionPolicy() *tree.Node {
	if given := s.get("VersionDeletionPolicy"); given != nil {
		return given
	}
	if s.get("CapacityProviderConfig") != nil {
		return s.text("Delete")
	}
	return s.text("Retain")
}

// deployment is what CodeDeploy takes to shift functions to new versions: one application for all of them, and a role
// unless every function names its own.
type deployment struct {
	builder
	needsRole bool
}

const (
	deploymentApplication = "ServerlessDeploymentApplication"
	deploymentRole        = "CodeDeployServiceRole"
)

// addDeploymentGroup makes the deployment group of a function with a DeploymentPreference.
func (t *translation) addDeploymentGroup(s templateResource) {
	preference := s.get("DeploymentPreference")
	enabled := preference.Get("Enabled")
	if !isTruthy(preference) || isGiven(enabled) && isFalse(t.resolve(enabled)) {
		return
	}
	if t.deployment == nil {
		t.deployment = &deployment{builder: s.builder}
	}
	role := preference.Get("Role")
	if !isTruthy(role) {
		role = s.getAtt(deploymentRole, "Arn")
		t.deployment.needsRole = true
	}
	group := s.child("DeploymentGroup", "AWS::CodeDeploy::DeploymentGroup")
	group.set("ApplicationName", s.ref(deploymentApplication))
	group.set("ServiceRoleArn", role)
	t.add(s.id, group)
}

// addCodeDeploy makes the application and its role. They get no Condition, since no function or network depends on
// them.
func (t *translation) addCodeDeploy() {
	if t.deployment == nil {
		return
	}
	s := templateResource{builder: t.deployment.builder, node: t.deployment.object()}
	application := s.child(deploymentApplication, "AWS::CodeDeploy::Application")
	application.set("ComputePlatform", s.text("Lambda"))
	t.add("", application)
	if t.deployment.needsRole {
		r := s.newRole(deploymentRole, s.trust("codedeploy.amazonaws.com"), "service-role/AWSCodeDeployRoleForLambda")
		t.add("", r.finish(s))
	}
}
