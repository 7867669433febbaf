package lint_test

import (
	"strings"
	"testing"
)

// TestStatesOfTerragruntUnitsAreRead: the state of a unit is kept where remote_state or a generated backend says.
func TestStatesOfTerragruntUnitsAreRead(t *testing.T) {
	const (
		include = "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n"
		net     = include + "terraform {\n  source = \"../../modules/network\"\n}\n"
		app     = include + "terraform {\n  source = \"../../modules/app\"\n}\n"
		bucket  = "    bucket = \"states\"\n"
		key     = "    key    = \"network/terraform.tfstate\""
		env     = "locals {\n  env = read_terragrunt_config(find_in_parent_folders(\"env.hcl\"))\n}\n"
		waits   = "? module.app.data.terraform_remote_state.network"
	)
	root := func(kind, config string) string {
		return "locals {\n  bucket = \"states\"\n}\nremote_state {\n  backend = \"" + kind + "\"\n  generate = {\n" +
			"    path = \"backend.tf\"\n    if_exists = \"overwrite\"\n  }\n  config = {\n" + config + "\n  }\n}\n"
	}
	const own = "    bucket = local.bucket\n    key    = \"${path_relative_to_include()}/terraform.tfstate\""
	reads := func(config string) string { return function(remote+"public", remote+"open", config) }
	repository := func(root string, app string) map[string]string {
		return map[string]string{
			"modules/network/main.tf": network + outputs, "modules/app/main.tf": app,
			"live/root.hcl": root, "live/network/terragrunt.hcl": net,
			"live/app/terragrunt.hcl": include + "terraform {\n  source = \"../../modules/app\"\n}\n",
		}
	}
	with := func(files map[string]string, more ...string) map[string]string {
		for i := 0; i < len(more); i += 2 {
			files[more[i]] = more[i+1]
		}
		return files
	}
	const found = "public_subnet_only modules/app/main.tf module.app.aws_lambda_function.api"
	check(t, []sample{
		{"a key by the folder of the unit",
			repository(root("s3", own), reads(state("s3", bucket+key))), []string{found}},
		{"another folder",
			repository(root("s3", own), reads(state("s3", bucket+strings.Replace(key, "network/", "net/", 1)))),
			[]string{waits}},
		{"another bucket",
			repository(strings.Replace(root("s3", own), "\"states\"", "\"other\"", 1), reads(state("s3", bucket+key))),
			[]string{waits}},
		{"a bucket that is not known",
			repository(root("s3", strings.Replace(own, "local.bucket", "get_env(\"BUCKET\")", 1)),
				reads(state("s3", bucket+key))), []string{found}},
		{"a bucket of another file",
			with(repository(env+root("s3", strings.Replace(own, "local.bucket", "local.env.locals.bucket", 1)),
				reads(state("s3", bucket+key))), "live/env.hcl", "locals {\n  bucket = \"states\"\n}\n"), []string{found}},
		{"another bucket of another file",
			with(repository(env+root("s3", strings.Replace(own, "local.bucket", "local.env.inputs.bucket", 1)),
				reads(state("s3", bucket+key))), "live/env.hcl", "inputs = {\n  bucket = \"other\"\n}\n"), []string{waits}},
		{"a key that is not known",
			repository(root("s3", strings.Replace(own, "path_relative_to_include()", "run_cmd(\"x\")", 1)),
				reads(state("s3", bucket+key))), []string{waits}},
		{"a generated backend",
			repository("generate \"backend\" {\n  path = \"backend.tf\"\n  contents = <<EOF\n"+
				backend("s3", bucket+"    key = \"${path_relative_to_include()}/terraform.tfstate\"")+"EOF\n}\n",
				reads(state("s3", bucket+key))), []string{found}},
		{"a unit that says it itself",
			with(repository(root("s3", strings.Replace(own, "${", "other/${", 1)), reads(state("s3", bucket+key))),
				"live/network/terragrunt.hcl",
				net+root("s3", strings.Replace(own, "${path_relative_to_include()}", "network", 1))), []string{found}},
		{"two environments",
			with(repository(root("s3", own), reads(state("s3", bucket+key))), "old/root.hcl", root("s3", own),
				"old/network/terragrunt.hcl", net),
			[]string{"? which of live/network and old/network keeps the state that " +
				"module.app.data.terraform_remote_state.network reads"}},
		{"a root module that reads it",
			map[string]string{
				"modules/network/main.tf": network + outputs, "live/root.hcl": root("s3", own),
				"live/network/terragrunt.hcl": net, "app/main.tf": reads(state("s3", bucket+key)),
			}, []string{public}},
		{"a unit that depends on another one",
			with(repository(root("s3", own), reads(state("s3", bucket+key))), "live/app/terragrunt.hcl", app+
				"dependency \"network\" {\n  config_path = \"../network\"\n}\n"+
				"inputs = { x = dependency.network.outputs.table }\n"),
			[]string{found}},
		{"what a data source looks up in a unit",
			map[string]string{
				"modules/network/main.tf": network, "live/root.hcl": root("s3", own),
				"live/network/terragrunt.hcl": net,
				"app/main.tf": function("data.aws_subnets.own.ids", "\"sg-0123456789abcdef0\"",
					"data \"aws_subnets\" \"own\" {\n  tags = { Name = \"shop-public\" }\n}\n"),
			}, []string{public}},
	})
}
