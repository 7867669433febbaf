package models_test

import "regexp"

// matrix says with which inputs a model is compared.
type matrix struct {
	name   string // the address of the real module
	folder string // where its versions lie
	// omits are parts of addresses that the model leaves out, as its header says.
	omits []string
	// unsaid matches words about nodes that the model leaves out, as its header says; nil: nothing.
	unsaid *regexp.Regexp
	// open are examples whose networks are open in both: undecided conditions are named by what is written, which
	// differs.
	open []string
	// rules is a file of the module that names rules of security groups, which its submodules are made of.
	rules string
	// beside is written beside the calls. Of base, each call has all that it does not set itself.
	beside string
	// uses is written for each call, in place of %[1]d its number: what outputs are good for, where a module makes nothing
	// itself. VERSION is that of the module.
	uses string
	base []string
	// switches are tried one by one, and many together.
	switches []string
	// refused are switches that the real module takes alone and not together.
	refused [][]string
}

var matrices = []matrix{
	vpcMatrix, endpointsMatrix, groupMatrix, lambdaMatrix, policyMatrix, rdsMatrix, auroraMatrix, natMatrix, labelMatrix,
	cloudposseVPCMatrix, dynamicSubnetsMatrix, cloudposseGroupMatrix, cloudposseFunctionMatrix,
}
