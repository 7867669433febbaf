package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
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
		`"${(get_env("E") == "x" && true) ? "git::https://example.com/vpc?ref=${get_env("V")}" : "../../modules//vpc"}"`: "modules/vpc ",
		`local.here ? "../../modules/vpc" : "git::https://example.com/vpc"`:                                              "modules/vpc ",
		`local.source`:                      " ",
		`find_in_parent_folders("modules")`: " ",
	} {
		u := units(t, map[string]string{"live/net/terragrunt.hcl": "terraform {\n  source = " + written + "\n}\n"}, "modules/vpc", "live/vpc")["live/net/terragrunt.hcl"]
		if got := u.Source + " " + u.remote; got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
	}
}

func TestUnitsAreToldByTheText(t *testing.T) {
	for text, want := range map[string]bool{
		"terraform {\n  source = \"x\"\n}\n":                         true,
		"terraform { source = \"../m\" }\n":                          true,
		"terraform {source=\"../m\"}":                                true,
		"locals {}\nterraform  {\tsource = local.s }":                true,
		"include \"root\" {\n  path = find_in_parent_folders()\n}\n": true,
		"include {\n  path = \"../root.hcl\"\n}\n":                   true,
		"inputs = {\n  size = 1\n}\n":                                true,
		"inputs = merge(local.a, {})":                                true,
		"locals {\n  resource = 1\n}\n":                              false,
		"# terraform { source = \"../m\" }\n":                        false,
		"// source = 1\nlocals {}\n":                                 false,
		"remote_state {\n  backend = \"s3\"\n}\n":                    false,
		"locals {\n  note = \"a source = b\"\n}\n":                   false,
		"generate \"p\" {\n  contents = \"inputs = include\"\n}\n":   false,
	} {
		if got := IsUnit("a/terragrunt.hcl", []byte(text)); got != want {
			t.Errorf("%q is a unit: %v, want %v", text, got, want)
		}
		if IsUnit("a/root.hcl", []byte(text)) {
			t.Errorf("a file that is there to be included is a unit: %q", text)
		}
	}
}

func TestModulesOfUnitsWithoutASourceOfTheirOwn(t *testing.T) {
	files := map[string]string{
		"env/app.hcl":                "terraform {\n  source = \"../../modules/app\"\n}\n",
		"env/base.hcl":               "terraform {\n  source = \"${get_parent_terragrunt_dir()}/../modules//net\"\n}\n",
		"root.hcl":                   "locals {}\n",
		"live/app/terragrunt.hcl":    "include \"app\" {\n  path = \"../../env/app.hcl\"\n}\ninclude \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n",
		"live/net/terragrunt.hcl":    "include {\n  path = \"${get_terragrunt_dir()}/../../env/base.hcl\"\n}\ninputs = {}\n",
		"live/own/terragrunt.hcl":    "include \"app\" {\n  path = \"../../env/app.hcl\"\n}\nterraform { source = \"../../modules/net\" }\n",
		"live/beside/terragrunt.hcl": "inputs = { size = 1 }\n",
		"live/none/terragrunt.hcl":   "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n",
	}
	us := units(t, files, "modules/app", "modules/net", "live/beside")
	for name, want := range map[string]string{"app": "modules/app", "net": "modules/net", "own": "modules/net", "beside": "live/beside", "none": ""} {
		if got := us["live/"+name+"/terragrunt.hcl"].Source; got != want {
			t.Errorf("%s deploys %q, want %q", name, got, want)
		}
	}
}

func TestTheEnvironmentHasDefaults(t *testing.T) {
	us := units(t, map[string]string{"u/terragrunt.hcl": `terraform { source = "../m" }
inputs = {
  a = get_env("A", "dev")
  b = get_env("B")
  c = get_env("C", "")
  d = "${get_env("D", "x")}-${get_env("E", get_env("F"))}"
}
`}, "m")
	root, _, _ := Stack("s", "", []*Unit{us["u/terragrunt.hcl"]}, func(string) *Module { return &Module{Variables: map[string]*Block{}} }, nil)
	for name, want := range map[string]string{"a": "", "b": `var.get_env("B")`, "c": `var.get_env("C")`, "d": `var.get_env("F")`} {
		if got := named(root.Calls[0].Body.Attributes[name]); got != want {
			t.Errorf("%s waits for %q, want %q", name, got, want)
		}
	}
}

func TestFilesOfValuesWinOverInputs(t *testing.T) {
	us := units(t, map[string]string{"u/terragrunt.hcl": "inputs = {\n  a = 1\n  b = 2\n}\n"}, "u")
	m, ds := Read([]*source.File{
		source.NewFileSet().Add("u/main.tf", []byte("variable \"a\" {}\nvariable \"b\" {}\n")),
		source.NewFileSet().Add("u/terraform.tfvars", []byte("a = 3\n")),
	})
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	root, _, _ := Stack("s", "", []*Unit{us["u/terragrunt.hcl"]}, func(string) *Module { return m }, nil)
	for name, want := range map[string]int64{"a": 3, "b": 2} {
		v, _ := root.Calls[0].Body.Attributes[name].Expr.Value(nil)
		if got, _ := v.AsBigFloat().Int64(); got != want {
			t.Errorf("%s is %d, want %d", name, got, want)
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
		"live/root.hcl":                 "locals {\n  env = get_env(\"ENV\")\n}\ninputs = {\n  env = local.env\n  size = 1\n}\n",
		"live/net/terragrunt.hcl":       "terraform {\n  source = \"../../net\"\n}\n",
		"live/eu/app/terragrunt.hcl":    "terraform {\n  source = \"../../../app\"\n  extra_arguments \"x\" {\n  }\n}\ninclude \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n  expose = true\n}\nlocals {\n  env = include.root.locals.env\n}\ndependency \"net\" {\n  config_path = \"../../net\"\n}\ndependency \"none\" {\n  config_path = \"../none\"\n}\ninputs = {\n  size    = length(dependency.net.outputs.ids[*])\n  id      = \"${local.env}-${dependency.none.outputs.id}\"\n  (\"x\") = include.root.inputs\n}\n",
		"live/eu/opaque/terragrunt.hcl": "terraform {\n  source = \"../../../app\"\n}\ninputs = merge({ id = 1 }, local.inputs, { size = 2 })\n",
	}, "net", "app")
	app := &Module{Variables: map[string]*Block{}}
	for _, name := range []string{"id", "size", "other"} {
		app.Variables[name] = emptyBlock(name, us["live/net/terragrunt.hcl"].at())
	}
	root, called, _ := Stack("live/stack", "live", []*Unit{us["live/eu/app/terragrunt.hcl"], us["live/eu/opaque/terragrunt.hcl"], us["live/net/terragrunt.hcl"]}, func(dir string) *Module {
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

// TestUnitsReadOtherFiles by read_terragrunt_config: paths start at the unit, and what is not plain stays unknown.
func TestUnitsReadOtherFiles(t *testing.T) {
	us := units(t, map[string]string{
		"live/env.hcl":    "locals {\n  stage  = \"dev\"\n  common = read_terragrunt_config(find_in_parent_folders(\"common.hcl\"))\n  owner  = local.common.inputs.owner\n}\n",
		"live/common.hcl": "inputs = {\n  owner = \"team\"\n  vpc   = get_env(\"VPC\")\n}\n",
		"live/open.hcl":   "locals { a = 1 }\ninputs = merge(yamldecode(file(\"x.yaml\")), {})\n",
		"live/loop.hcl":   "locals {\n  again = read_terragrunt_config(\"../loop.hcl\")\n  x     = 1\n}\n",
		"live/wrong.hcl":  "locals {",
		"live/region.hcl": "locals {\n  region = \"eu-west-1\"\n}\n",
		"live/root.hcl":   "locals {\n  env = read_terragrunt_config(\"../env.hcl\")\n}\ninputs = merge(local.env.locals, { size = 1 })\n",
		"live/u/terragrunt.hcl": `terraform { source = "../../m" }
include "root" {
  path   = find_in_parent_folders("root.hcl")
  expose = true
}
locals {
  region = read_terragrunt_config("${get_terragrunt_dir()}/../region.hcl")
  open   = read_terragrunt_config("../open.hcl")
  loop   = read_terragrunt_config("../loop.hcl")
  none   = read_terragrunt_config("../none.hcl")
  where  = read_terragrunt_config("${local.x}/region.hcl")
}
inputs = {
  a = local.region.locals.region
  b = include.root.locals.env.locals.stage
  c = include.root.locals.env.locals.common.inputs.vpc
  d = local.open.inputs.y
  e = local.open.locals.a
  f = local.none.locals.x
  g = local.loop.locals.x
  h = local.where.locals.region
}
`,
	}, "m")
	root, _, _ := Stack("s", "live", []*Unit{us["live/u/terragrunt.hcl"]}, func(string) *Module { return &Module{Variables: map[string]*Block{}} }, nil)
	got := map[string]string{}
	for name, a := range root.Calls[0].Body.Attributes {
		got[name] = named(a)
	}
	want := map[string]string{
		"a": "local.u.config.region.region", "b": "local.u.include.root.config.env.stage",
		"c": "local.u.include.root.config.env.common.", "d": "local.u.open", "e": "local.u.config.open.a", "f": "local.u.none",
		"g": "local.u.config.loop.x", "h": "local.u.where", "size": "", "source": "",
		"stage": "local.u.include.root.config.env.stage", "owner": "local.u.include.root.config.env.owner",
		"common": "local.u.include.root.config.env.common",
	}
	for name, want := range want {
		if !strings.HasPrefix(got[name], want) || want == "" && got[name] != "" {
			t.Errorf("%s = %q, want %q", name, got[name], want)
		}
	}
	if owner := named(root.Locals["u.include.root.config.env.owner"]); owner != "local.u.include.root.config.env.config.common.inputs.owner" {
		t.Errorf("the owner is %s", owner)
	}
}

// TestManyFilesThatReadEachOtherEnd.
func TestManyFilesThatReadEachOtherEnd(t *testing.T) {
	all := "locals {\n"
	for i := range 15 {
		all += fmt.Sprintf("  f%d = read_terragrunt_config(\"../f%d.hcl\")\n", i, i)
	}
	files := map[string]string{"live/u/terragrunt.hcl": "terraform { source = \"../../m\" }\n" + all + "}\nremote_state {\n  backend = \"s3\"\n  config = { key = local.f0.locals.t }\n}\n"}
	for i := range 15 {
		files[fmt.Sprintf("live/f%d.hcl", i)] = all + "  t = \"" + strings.Repeat(fmt.Sprintf("${local.f%d.locals.t}", (i+1)%15), 50) + "\"\n}\n"
	}
	u := units(t, files, "m")["live/u/terragrunt.hcl"]
	root, _, _ := Stack("s", "live", []*Unit{u}, func(string) *Module { return &Module{Variables: map[string]*Block{}} }, nil)
	if n := len(root.Locals); n > 20*mostReads {
		t.Errorf("%d locals", n)
	}
	if kind, arguments := u.State(); kind != "s3" || len(arguments) > 0 {
		t.Errorf("the state is %s %v", kind, arguments)
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

// FuzzReadUnit: whatever the files, a unit has a module inside the boundary or none, and its variables have a place.
func FuzzReadUnit(f *testing.F) {
	f.Add("terraform {\n  source = \"../../modules//vpc\"\n}\ninclude \"root\" {\n  path = find_in_parent_folders()\n}\ninputs = { a = dependency.vpc.outputs.id }\n",
		"locals {\n  base = \"x\"\n}\ninputs = {\n  b = local.base\n}\n")
	f.Add("include {\n  path = \"${get_parent_terragrunt_dir()}/root.hcl\"\n}\ndependency \"v\" {\n  config_path = \"../vpc\"\n  mock_outputs = { id = 1 }\n}\ninputs = merge(local.a, { c = 2 })\n",
		"terraform { source = \"git::https://x//y?ref=1\" }\ninputs = {}")
	f.Add("terraform { source = ", "include \"a\" \"b\" {}\n")
	for _, seed := range fuzz.Archived(f, os.DirFS("../../../../cmd/lambda-vpc-lint/testdata"), "script/*.txtar", ".hcl") {
		f.Add(string(seed.Data), string(seed.Data))
	}
	f.Fuzz(func(t *testing.T, text, parent string) {
		const name = "live/net/terragrunt.hcl"
		IsUnit(name, []byte(text))
		UnitDependencies(name, []byte(text))
		read := func() (*Unit, []source.Diagnostic) {
			set := source.NewFileSet()
			find := func(string) *source.File { return set.Add("live/root.hcl", []byte(parent)) }
			return ReadUnit(set.Add(name, []byte(text)), find, func(dir string) bool { return !strings.HasPrefix(dir, "..") })
		}
		u, ds := read()
		if strings.HasPrefix(u.Source, "..") {
			t.Errorf("the module is %q, outside of the boundary", u.Source)
		}
		for _, d := range ds {
			if d.Message == "" || d.File == "" && !u.file.Holds(d.Span) {
				t.Errorf("%+v has no place or nothing to say", d)
			}
		}
		again, dsAgain := read()
		if u.Source != again.Source || u.remote != again.remote || len(u.included) != len(again.included) || !cmp.Equal(ds, dsAgain) {
			t.Errorf("%+v, and the second time %+v", u, again)
		}
	})
}
