package main

import "github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"

// frontends are the languages that the program reads, the most specific first.
func frontends() []parsers.Frontend { return nil }
