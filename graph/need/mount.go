package need

import (
	"strconv"
)

// mounts takes the file systems that the function mounts, each by the ARN of an access point.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
func (c *collector) mounts() {
	for _, it := range c.f.FileSystems.In(c.v.World).Items {
		arn, _ := it.Value.Get(c.v.World)
		for _, address := range arn.Addresses() {
			if store := c.mounted(address); store != "" {
				evidence := "the function mounts " + strconv.Quote(address)
				c.found.nodes = append(c.found.nodes, Need{
					Name: store, Strength: Strong, Evidence: evidence, Span: it.Span,
				})
			}
		}
	}
}

// mounted is the file system of this deployment that the access point is of, or "".
func (c *collector) mounted(accessPoint string) string {
	r := c.v.Resources.At(accessPoint)
	if r == nil {
		return ""
	}
	for _, address := range c.v.Addresses(r, "filesystemid") {
		if store := c.v.DataStores.At(address); store != nil && store.Mounted {
			return address
		}
	}
	return ""
}
