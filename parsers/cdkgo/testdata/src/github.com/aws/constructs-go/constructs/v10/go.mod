// Stubs that state the parts of the module that tests need.
module github.com/aws/constructs-go/constructs/v10

go 1.26
