package report

// concise writes one line for each finding, with the remedy after a dash.
func (p *printer) concise() {
	for _, f := range p.r.Findings() {
		line := p.head(f, f.Message)
		if f.Remedy != "" {
			line += " - " + Line(f.Remedy)
		}
		p.line("%s", line)
	}
}
