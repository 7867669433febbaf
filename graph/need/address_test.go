package need

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestAddressesIn(t *testing.T) {
	for text, want := range map[string][]string{
		"10.0.3.7:5432":                           {"10.0.3.7:5432"},
		"10.0.3.7:9092, 10.0.4.7:9092":            {"10.0.3.7:9092", "10.0.4.7:9092"},
		"http://10.1.2.3:8080/v1?x=1":             {"10.1.2.3:8080"},
		"https://172.16.0.9":                      {"172.16.0.9:443"},
		"redis://:secret@192.168.1.2:6379/0":      {"192.168.1.2:6379"},
		"jdbc:postgresql://10.0.3.7:5432/orders":  {"10.0.3.7:5432"},
		"postgres://10.0.3.7/orders":              nil,
		"10.0.3.7":                                nil,
		"10.0.0.0/16":                             nil,
		"10.0.3.7:0":                              nil,
		"10.0.3.7:70000":                          nil,
		"http://172.17.0.1:4566":                  nil,
		"8.8.8.8:53":                              nil,
		"127.0.0.1:8080":                          nil,
		"169.254.170.2:80":                        nil,
		"[fd00::1]:5432":                          nil,
		"1.2.3:4":                                 nil,
		"http://10.0.3.7:80:90":                   nil,
		"connect to 10.0.3.7:5432":                nil,
		"https://example.com/?next=10.0.3.7:5432": nil,
	} {
		if got := addressesIn(fact.Lit(text)); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
