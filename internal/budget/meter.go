package budget

// Meter counts what has been spent of a budget. A nil one counts nothing.
type Meter struct {
	Of    Budget
	spent int
}

// Spent is what Spend panics with once there is too much.
type Spent struct{ Of Budget }

// Error says, as a sentence, that the rules do not come to their end.
func (s Spent) Error() string { return "the rules stop here: " + s.Of.Exceeded() }

// Catch sets err to the Spent that the function which defers it panics with. Any other panic goes on.
func Catch(err *error) {
	switch p := recover().(type) {
	case nil:
	case Spent:
		*err = p
	default:
		panic(p)
	}
}

// Spend counts n more. Beyond the budget it panics with Spent, as what asks for the work is far from what does it.
func (m *Meter) Spend(n int) {
	if m == nil {
		return
	}
	if m.spent += n; m.spent > m.Of.Max {
		panic(Spent{m.Of})
	}
}
