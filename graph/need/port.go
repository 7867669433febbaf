package need

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

var portBehind = regexp.MustCompile(gap + `:([0-9]{1,5})(?:[/?#,;]|$)`)

// portAt is where the text says that the node is called, or 0. Only those are asked that may listen on any number of
// ports; a database has its own.
func (c *collector) portAt(node string, t fact.Text) int {
	store := c.v.Store(node)
	if store == nil || store.Kind != string(aws.Instance) && store.Kind != string(aws.LoadBalancer) {
		return 0
	}
	text := flat(t)
	if m := portBehind.FindStringSubmatch(text); m != nil {
		port, _ := strconv.Atoi(m[1])
		return port
	}
	switch scheme, rest, _ := strings.Cut(text, "://"); {
	case strings.Contains(rest, gap+":"):
	case scheme == "http", scheme == "ws":
		return aws.HTTP
	case scheme == "https", scheme == "wss":
		return aws.HTTPS
	}
	return 0
}
