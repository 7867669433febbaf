package managed_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/managed"
)

func TestPack(t *testing.T) { packtest.Run(t, managed.Pack) }
