package fix

import (
	"errors"
	"path"
	"regexp"
)

var errPartition = errors.New("its module has ARNs or Regions of several partitions")

var (
	partitionSource = regexp.MustCompile(`(?m)^\s*data\s+"aws_partition"\s+"([\w-]+)"`)
	ofPartition     = regexp.MustCompile(`"(?:arn:(aws[a-z-]*):|(us-gov|cn)-[a-z]+-[0-9]")`)
)

// findPartition finds the partition of an ARN in the module, as it stands in a text in quotes: what the data source for
// that says, else that of the ARNs and Regions that are written there, else aws.
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
func (c *configuration) findPartition() (partition string, err error) {
	for _, text := range c.module() {
		if m := partitionSource.FindSubmatch(text); m != nil {
			return "${data.aws_partition." + string(m[1]) + ".partition}", nil
		}
		for _, m := range ofPartition.FindAllSubmatch(text, -1) {
			found := string(m[1])
			if found == "" {
				found = "aws-" + string(m[2])
			}
			if partition != "" && partition != found {
				err = errPartition
			}
			partition = found
		}
	}
	if partition == "" {
		partition = "aws"
	}
	return partition, err
}

// module are the texts of the files of the module.
func (c *configuration) module() [][]byte {
	out := [][]byte{c.text}
	for _, f := range c.files.In(path.Dir(c.name)) {
		if f.Name != c.name {
			out = append(out, f.Text)
		}
	}
	return out
}
