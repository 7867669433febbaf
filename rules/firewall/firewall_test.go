package firewall_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/firewall"
)

func TestPack(t *testing.T) { packtest.Run(t, firewall.Pack) }
