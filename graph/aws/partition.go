package aws

import "strings"

// Partition is the partition that a Region is in, "" for Regions whose partition has other services and names.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func Partition(region string) string {
	for _, of := range []struct{ regions, partition string }{
		{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"us-iso", ""}, {"eu-iso", ""}, {"eusc-", ""},
	} {
		if strings.HasPrefix(region, of.regions) {
			return of.partition
		}
	}
	return "aws"
}

// URLSuffix is what the host names of services end with in a partition, "" where it is not known.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
func URLSuffix(partition string) string {
	switch partition {
	case "aws", "aws-us-gov":
		return "amazonaws.com"
	case "aws-cn":
		return "amazonaws.com.cn"
	}
	return ""
}
