package budget_test

import (
	"errors"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

func caught(f func()) (err error) {
	defer budget.Catch(&err)
	f()
	return nil
}

func TestCatchTakesWhatRanOutAndNothingElse(t *testing.T) {
	m := budget.Meter{Of: budget.Budget{Name: "things", Max: 2}}
	if err := caught(func() { m.Spend(2) }); err != nil {
		t.Errorf("two of two things: %v", err)
	}
	err := caught(func() { m.Spend(1) })
	if spent := (budget.Spent{}); !errors.As(err, &spent) || spent.Of != m.Of {
		t.Errorf("three of two things: %v", err)
	}
	defer func() {
		if p := recover(); p != "another" {
			t.Errorf("another panic came out as %v", p)
		}
	}()
	_ = caught(func() { panic("another") })
}
