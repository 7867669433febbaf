package source

// Directive is a comment or a metadata entry in an input by which its author accepts findings.
type Directive struct {
	// Rules are the names of rules and packs that it accepts findings of.
	Rules []string
	// For is the address of one affected function, with or without its indexes: findings stand for all others. Empty:
	// it speaks for all.
	For    string
	Reason string
	// Span is the place of the directive itself.
	Span Span
	// Covers is the text that it speaks about: what begins on its line or, where it stands alone, on the next.
	Covers Span
	// Address is that of the resource, module call or nested stack that begins there, without indexes: findings on it
	// and on all that is inside it are accepted wherever they point. Empty: only Covers counts.
	Address string
	// Within is the address, without indexes, of the nested stack or module call that the file is read for; For may be
	// relative to it. Empty: the file is the root's.
	Within string
	// Problem says why it accepts nothing: it is malformed. Empty for one that is well formed.
	Problem string
	// Metadata tells an entry in a template's Metadata from a comment.
	Metadata bool
}
