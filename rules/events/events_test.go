package events_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/events"
)

func TestPack(t *testing.T) { packtest.Run(t, events.Pack) }
