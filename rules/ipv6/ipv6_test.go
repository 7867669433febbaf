package ipv6_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/ipv6"
)

func TestPack(t *testing.T) { packtest.Run(t, ipv6.Pack) }
