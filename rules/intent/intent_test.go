package intent_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/intent"
)

func TestPack(t *testing.T) { packtest.Run(t, intent.Pack) }
