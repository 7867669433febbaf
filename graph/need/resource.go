package need

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// resource says what naming this attribute of a resource shows: a service, a data store, or the internet.
func (c *collector) resource(p fact.Part) (service, node string, internet bool) {
	attribute := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(p.Symbol, p.Address), "."))
	head, store := c.v.Head(p.Address), c.v.Store(p.Address)
	switch {
	case head == nil || p.Address == c.f.Address || store != nil && store.Mounted:
		return "", "", false
	case store != nil && store.Kind == string(aws.ECSService): // its name is for the API of ECS
		return "", "", false
	case store != nil && store.Kind == string(aws.Instance):
		return "", privateAddress(p.Address, attribute), false
	case store != nil:
		service, node = c.dataStore(p.Address, storeAttribute(aws.KindOf(head.Type), attribute))
		return service, node, false
	case c.isPublicURL(head, attribute):
		return "", "", true
	case strings.HasSuffix(attribute, "websiteurl"), strings.HasSuffix(attribute, "website_endpoint"):
		return "", "", false
	case aws.KindOf(head.Type) == aws.Parameter && strings.HasSuffix(attribute, "value"):
		// The deployment fills in the content, so the code need not ask for it.
		// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html#aws-resource-ssm-parameter-return-values
		return "", "", false
	}
	if aws.KindOf(head.Type) == aws.RecordSet {
		r := c.v.Resources.At(p.Address)
		if nodes := c.recorded(r, longestChain); len(nodes) == 1 {
			return "", nodes[0], false
		}
		return "", "", false
	}
	service = servicesOfKinds[aws.KindOf(head.Type)]
	if service == "secretsmanager" && c.dataAPI() == "" {
		node = c.attachedTo(p.Address)
	}
	return service, node, false
}

// isPublicURL tells attributes that are URLs of the public internet: function URLs have no PrivateLink, and the API
// types that name their URL here have no private form.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
func (c *collector) isPublicURL(head *graph.Header, attribute string) bool {
	switch aws.KindOf(head.Type) {
	case aws.FunctionURL:
		return strings.HasSuffix(attribute, "functionurl") || strings.HasSuffix(attribute, "function_url")
	case aws.HTTPAPI:
		return strings.HasSuffix(attribute, "apiendpoint") || strings.HasSuffix(attribute, "api_endpoint")
	case aws.HTTPAPIStage:
		return attribute == "invoke_url"
	case aws.RESTAPIStage:
		return attribute == "invoke_url" && !c.isStageOfPrivateAPI(head.Address)
	}
	return false
}

// isStageOfPrivateAPI says whether the API that the stage or deployment belongs to may be a private one.
func (c *collector) isStageOfPrivateAPI(address string) bool {
	r := c.v.Resources.At(address)
	if r == nil {
		return true
	}
	apis := c.v.Addresses(r, "restapiid")
	return len(apis) != 1 || c.isPrivateAPI(apis[0])
}

// privateAddress is the address of the instance, where the attribute is its private IP address or DNS name.
func privateAddress(instance, attribute string) string {
	switch strings.ReplaceAll(attribute, "_", "") {
	case "privateip", "privatedns", "privatednsname":
		return instance
	}
	return ""
}

// storeAttribute is the attribute of a data store of the kind. The identifier of an MSK cluster is its ARN.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-cluster.html#aws-resource-msk-cluster-return-values
func storeAttribute(kind aws.Kind, attribute string) string {
	if (kind == aws.MSKCluster || kind == aws.MSKServerlessCluster) && (attribute == "" || attribute == "id") {
		return "arn"
	}
	return attribute
}

// dataStore says what an attribute of a data store is for. Its address or ARN is for connecting, unless the role may
// use the Data API, which takes the ARN and the secret; else its managed secret is for both; its mere identifier is for
// the service's API and shows neither.
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
func (c *collector) dataStore(address, attribute string) (service, node string) {
	isARN, dataAPI := strings.HasSuffix(attribute, "arn"), c.dataAPI()
	switch {
	case strings.Contains(attribute, "secret") && dataAPI != "":
		return "secretsmanager", ""
	case strings.Contains(attribute, "secret"):
		return "secretsmanager", address
	case isARN && dataAPI != "":
		return dataAPI, ""
	case isARN && !c.isBalancer(address):
		return "", address
	}
	for _, word := range []string{"endpoint", "address", "host", "broker", "dns", "url", "uri", "cache_nodes"} {
		if strings.Contains(attribute, word) {
			return "", address
		}
	}
	return "", ""
}

// isBalancer tells a load balancer, whose ARN is for the service's API.
func (c *collector) isBalancer(address string) bool {
	store := c.v.Store(address)
	return store != nil && store.Kind == string(aws.LoadBalancer)
}

// attachedTo is the data store whose credentials the secret holds, by a SecretTargetAttachment, or "".
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secrettargetattachment.html
func (c *collector) attachedTo(secret string) string {
	for r := range c.v.ResourcesOfKind(aws.SecretAttachment) {
		if r.Address != secret && !slices.Contains(c.v.Addresses(r, "secretid"), secret) {
			continue
		}
		for store := range c.v.DataStores.All() {
			if slices.Contains(c.v.Addresses(r, "targetid"), store.Address) {
				return store.Address
			}
		}
	}
	return ""
}

// isPrivateAPI says whether the REST API is only reached through an endpoint; without the property it is not.
func (c *collector) isPrivateAPI(address string) bool {
	r := c.v.Resources.At(address)
	if r == nil {
		return true
	}
	for _, it := range r.Properties.In(c.v.World).Items {
		text, known := it.Value.Value.Get(c.v.World)
		if strings.HasPrefix(it.Value.Path, "endpointconfiguration") &&
			(!known.IsTrue() || strings.EqualFold(text.String(), "PRIVATE") || len(text.Missing()) > 0) {
			return true
		}
	}
	return len(r.Properties.Open) > 0
}
