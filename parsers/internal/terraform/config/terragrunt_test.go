package config

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// units reads the units among the files; modules are the directories with a module.
func units(t *testing.T, files map[string]string, modules ...string) map[string]*Unit {
	t.Helper()
	out := map[string]*Unit{}
	for name, text := range files {
		if !IsUnit(name, []byte(text)) {
			continue
		}
		set := source.NewFileSet()
		find := func(name string) *source.File {
			if text, ok := files[name]; ok {
				return set.Add(name, []byte(text))
			}
			return nil
		}
		u, ds := ReadUnit(set.Add(name, []byte(text)), find, func(dir string) bool {
			for _, m := range modules {
				if m == dir {
					return true
				}
			}
			return false
		})
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		out[name] = u
	}
	return out
}

func TestSourcesOfUnits(t *testing.T) {
	for written, want := range map[string]string{
		`"../../modules/vpc"`:                              "modules/vpc ",
		`"../..//modules/vpc"`:                             "modules/vpc ",
		`"../../modules//vpc"`:                             "modules/vpc ",
		`"../../modules/none"`:                             " ../../modules/none",
		`"tfr:///terraform-aws-modules/vpc/aws?version=1"`: " tfr:///terraform-aws-modules/vpc/aws?version=1",
		`"${get_repo_root()}/modules//vpc"`:                "modules/vpc ",
		`"${get_terragrunt_dir()}/../../modules/vpc"`:      "modules/vpc ",
		`"${get_parent_terragrunt_dir()}/vpc"`:             "live/vpc ",
		`"${local.base}/none"`:                             " ",
		`local.source`:                                     " ",
		`find_in_parent_folders("modules")`:                " ",
	} {
		u := units(t, map[string]string{"live/net/terragrunt.hcl": "terraform {\n  source = " + written + "\n}\n"}, "modules/vpc", "live/vpc")["live/net/terragrunt.hcl"]
		if got := u.Source + " " + u.remote; got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
	}
}

func TestWhatIsNoUnit(t *testing.T) {
	for name, text := range map[string]string{
		"root.hcl":       "terraform {\n  source = \"x\"\n}\n",
		"terragrunt.hcl": "inputs = {\n  resource = 1\n}\n",
	} {
		if IsUnit(name, []byte(text)) {
			t.Errorf("%s is a unit", name)
		}
	}
}

func TestDependenciesOfUnits(t *testing.T) {
	got := UnitDependencies("live/app/terragrunt.hcl", []byte("dependency \"a\" {\n  config_path = \"../net\"\n}\ndependency \"b\" {\n\tconfig_path=\"${get_terragrunt_dir()}/../x\"\n}\n  config_path = \"../db/terragrunt.hcl\""))
	if d := cmp.Diff([]string{"live/net/terragrunt.hcl", "live/x/terragrunt.hcl", "live/db/terragrunt.hcl"}, got); d != "" {
		t.Error(d)
	}
}

func TestStackCallsTheModulesOfItsUnits(t *testing.T) {
	us := units(t, map[string]string{
		"live/root.hcl":                 "locals {\n  env = get_env(\"ENV\", \"dev\")\n}\ninputs = {\n  env = local.env\n  size = 1\n}\n",
		"live/net/terragrunt.hcl":       "terraform {\n  source = \"../../net\"\n}\n",
		"live/eu/app/terragrunt.hcl":    "terraform {\n  source = \"../../../app\"\n  extra_arguments \"x\" {\n  }\n}\ninclude \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n  expose = true\n}\nlocals {\n  env = include.root.locals.env\n}\ndependency \"net\" {\n  config_path = \"../../net\"\n}\ndependency \"none\" {\n  config_path = \"../none\"\n}\ninputs = {\n  size    = length(dependency.net.outputs.ids[*])\n  id      = \"${local.env}-${dependency.none.outputs.id}\"\n  (\"x\") = include.root.inputs\n}\n",
		"live/eu/opaque/terragrunt.hcl": "terraform {\n  source = \"../../../app\"\n}\ninputs = merge({ id = 1 }, local.inputs, { size = 2 })\n",
	}, "net", "app")
	app := &Module{Variables: map[string]*Block{}}
	for _, name := range []string{"id", "size", "other"} {
		app.Variables[name] = emptyBlock(name, us["live/net/terragrunt.hcl"].at())
	}
	root, called := Stack("live/stack", "live", []*Unit{us["live/eu/app/terragrunt.hcl"], us["live/eu/opaque/terragrunt.hcl"], us["live/net/terragrunt.hcl"]}, func(dir string) *Module {
		if dir == "app" {
			return app
		}
		return nil
	}, map[string]Given{"size": {Text: "7"}})
	var got []string
	for _, c := range root.Calls {
		var arguments []string
		for name, a := range c.Body.Attributes {
			arguments = append(arguments, name+"="+named(a))
		}
		slices.Sort(arguments)
		got = append(got, c.Name+": "+strings.Join(arguments, ", "))
	}
	want := []string{
		`eu_app: env=local.eu_app.include.root.env, id=local.eu_app.env var.dependency.none.outputs.id, other=var.eu_app.inputs.other, size=, source=, x=var.include.root.inputs`,
		`eu_opaque: env=var.eu_opaque.inputs.env, id=var.eu_opaque.inputs.id, other=var.eu_opaque.inputs.other, size=, source=, x=var.eu_opaque.inputs.x`,
		`net: source=`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got := named(root.Locals["eu_app.include.root.env"]); got != `var.get_env("ENV")` {
		t.Errorf("the environment is %s", got)
	}
	if called["app"].Variables["env"] == nil || app.Variables["env"] != nil {
		t.Error("a variable that an input generates is not one of the module as it is deployed")
	}
}

func (u *Unit) at() hcl.Range { return hcl.Range{Filename: u.Name} }

func named(a *hclsyntax.Attribute) string {
	var out []string
	for _, t := range a.Expr.Variables() {
		out = append(out, traversalText(t))
	}
	return strings.Join(out, " ")
}
