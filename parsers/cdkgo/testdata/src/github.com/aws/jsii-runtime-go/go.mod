// Stubs that state the parts of the module that tests need.
module github.com/aws/jsii-runtime-go

go 1.26
