package egress

import "github.com/lambda-vpc-lint/lambda-vpc-lint/rules"

// byDefault says whether a path of the survey ends at the internet gateway of a default VPC, which no file holds. Its
// route tables are as AWS makes them, unless somebody has changed them since.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (s survey) byDefault(p *rules.Pass) bool {
	for _, path := range s.paths {
		for _, owner := range rules.Owners(path) {
			if h := p.Head(owner.Address); rules.AtGateway(owner) && h != nil && h.Implicit {
				return true
			}
		}
	}
	return false
}
