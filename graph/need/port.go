package need

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

var portOf = regexp.MustCompile(`^:([0-9]{1,5})(?:[/?#,;]|$)`)

// portAt is where the text, which has the host in it, says that the node is called, or 0. Only those are asked that may
// listen on any number of ports; a database has its own.
func (c *collector) portAt(node string, t fact.Text, host string) int {
	store := c.v.Store(node)
	if store == nil || store.Kind != string(aws.Instance) && store.Kind != string(aws.LoadBalancer) {
		return 0
	}
	text := strings.ToLower(flat(t))
	_, behind, _ := strings.Cut(text, host)
	if m := portOf.FindStringSubmatch(behind); m != nil {
		port, _ := strconv.Atoi(m[1])
		return port
	}
	switch scheme, _, _ := strings.Cut(text, "://"); {
	case strings.HasPrefix(behind, ":"):
	case scheme == "http", scheme == "ws":
		return aws.HTTP
	case scheme == "https", scheme == "wss":
		return aws.HTTPS
	}
	return 0
}
