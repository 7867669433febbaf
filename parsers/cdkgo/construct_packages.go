package cdkgo

import (
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// The paths of AWS CDK for Go, by their ends. A fork or a vendored copy counts too.
var (
	cdkPath        = regexp.MustCompile(`(^|/)aws-cdk-go/\w+/v\d+(/\w+)?$`)
	jsiiPath       = regexp.MustCompile(`(^|/)jsii-runtime-go$`)
	constructsPath = regexp.MustCompile(`(^|/)constructs-go/constructs/v\d+$`)
)

// isCDK says whether the package is of AWS CDK or of the libraries below it. These only read their arguments. pkg may
// be nil.
func isCDK(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	path := pkg.Path()
	return cdkPath.MatchString(path) || jsiiPath.MatchString(path) || constructsPath.MatchString(path)
}

// usesCDK says whether the package imports anything of AWS CDK.
func usesCDK(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return cdkPath.MatchString(p.Path()) })
}

// moduleOf is the name of a CDK package as people write it, such as "awsec2".
func moduleOf(pkg *types.Package) string { return pkg.Name() }

// isNamed says whether t, or what it points at, is a type of one of the names, from a package with a matching path.
func isNamed(t types.Type, path *regexp.Regexp, names ...string) bool {
	n, ok := types.Unalias(deref(t)).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !path.MatchString(n.Obj().Pkg().Path()) {
		return false
	}
	return slices.Contains(names, n.Obj().Name())
}

// constructorName says whether the function is the constructor of a construct, and what it makes: "Vpc" for NewVpc.
// Every constructor takes a scope and an id first.
func constructorName(fn *types.Func) (name string, ok bool) {
	sig := fn.Signature()
	name, ok = strings.CutPrefix(fn.Name(), "New")
	return name, ok && sig.Recv() == nil && takesScope(sig) && sig.Results().Len() == 1
}

// takesScope says whether the first of at least two parameters is a construct.
func takesScope(sig *types.Signature) bool {
	return sig.Params().Len() >= 2 && isNamed(sig.Params().At(0).Type(), constructsPath, "Construct", "IConstruct")
}

// propsStruct is the struct that the third parameter of a constructor points at, or nil.
func propsStruct(fn *types.Func) *types.Struct {
	params := fn.Signature().Params()
	if params.Len() < 3 {
		return nil
	}
	p, ok := types.Unalias(params.At(2).Type()).(*types.Pointer)
	if !ok {
		return nil
	}
	s, _ := p.Elem().Underlying().(*types.Struct)
	return s
}

// isFunctionProps recognizes the props of Lambda functions by their shape. Every flavour of function has these fields,
// and nothing else has all of them.
func isFunctionProps(s *types.Struct) bool {
	has := 0
	for f := range s.Fields() {
		switch f.Name() {
		case "Vpc", "VpcSubnets", "AllowPublicSubnet", "SecurityGroups":
			has++
		}
	}
	return has == 4
}
