package read

import (
	"net/netip"
	"strconv"
	"strings"
)

// ParsePrefix takes a range as AWS does, which clears the bits behind the prefix:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
func ParsePrefix(s string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(strings.TrimSpace(s))
	return p.Masked(), err == nil
}

// ParseProtocol knows the names that EC2 takes besides IANA numbers:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
func ParseProtocol(s string) (int, bool) {
	switch strings.ToLower(s) {
	case "tcp":
		return 6, true
	case "udp":
		return 17, true
	case "icmp":
		return 1, true
	case "icmpv6":
		return 58, true
	case "all":
		return -1, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// ParseAction takes the action of a network ACL entry.
func ParseAction(s string) (allow, ok bool) {
	switch strings.ToLower(s) {
	case "allow":
		return true, true
	case "deny":
		return false, true
	}
	return false, false
}
