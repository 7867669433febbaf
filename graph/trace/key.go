package trace

// Key identifies a kind of stop. Each key is owned by at most one rule.
type Key struct {
	Cause   Cause
	Class   Class
	Family  Family
	Compute Compute
	Role    Role
}

// Packets are those of the senders, of the families and to the classes that are named, or else of and to all.
type Packets struct {
	classes  []Class
	families []Family
	computes []Compute
}

// PacketsTo are those to the classes.
func PacketsTo(classes ...Class) Packets { return Packets{classes: classes} }

// Of are those of the senders.
func (p Packets) Of(computes ...Compute) Packets {
	p.computes = computes
	return p
}

// Over are those of one family.
func (p Packets) Over(f Family) Packets {
	p.families = []Family{f}
	return p
}

// Stops are the kinds of stops of such packets for that cause, where a node plays one of the roles.
func (p Packets) Stops(cause Cause, roles ...Role) (keys []Key) {
	for _, class := range orAll(p.classes, ClassInternet, ClassService, ClassAddress, ClassNode) {
		for _, family := range orAll(p.families, 4, 6) {
			for _, compute := range orAll(p.computes, Computes()...) {
				for _, role := range roles {
					keys = append(keys, Key{Cause: cause, Class: class, Family: family, Compute: compute, Role: role})
				}
			}
		}
	}
	return keys
}

func orAll[T any](some []T, all ...T) []T {
	if len(some) == 0 {
		return all
	}
	return some
}
