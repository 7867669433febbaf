package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// function expands an AWS::Serverless::Function with all that SAM generates for it.
func (t *translation) function(s templateResource) {
	fn := s.withSameID(functionType)
	fn.copyFrom(s, "FunctionName", "Handler", "Runtime", "Description", "MemorySize", "Timeout", "VpcConfig",
		"Environment", "KmsKeyArn", "ReservedConcurrentExecutions", "Layers", "FileSystemConfigs", "ImageConfig",
		"PackageType", "Architectures", "SnapStart", "EphemeralStorage", "CodeSigningConfigArn",
		"RuntimeManagementConfig", "LoggingConfig", "TenancyConfig", "RecursiveLoop", "DurableConfig",
		"FunctionScalingConfig", "PublishToLatestPublished")
	fn.set("Code", s.code())
	fn.set("Tags", s.tags())
	if t.isTraced(s) {
		fn.set("TracingConfig", s.object(s.field("Mode", s.get("Tracing"))))
	}
	if queue := s.get("DeadLetterQueue"); isTruthy(queue) {
		fn.set("DeadLetterConfig", s.object(s.field("TargetArn", queue.Get("TargetArn"))))
	}
	s.setCapacityProvider(fn)
	fn.markType(s.typ)
	t.add(s.id, fn)

	invoked := t.publishAlias(s)
	r := t.functionRole(s)
	t.addDestinations(s, r, invoked)
	t.addPolicies(r, s.get("Policies"))
	t.addEvents(s, r, invoked)
	t.setRole(s, fn, r)
	t.addURL(s, invoked)
}

// markType notes the SAM type in the Metadata.
func (r *resource) markType(typ string) {
	entries := []tree.Field{r.builder.field(MetadataKey, r.text(typ))}
	for _, f := range r.attributes {
		if f.Key == "Metadata" {
			entries = append(append([]tree.Field(nil), fields(f.Value)...), entries...)
		}
	}
	r.attribute("Metadata", r.object(entries...))
}

// code is the property Code. A CodeUri that is a local path refers to nothing of the stack, and gives an empty mapping.
func (s templateResource) code() *tree.Node {
	switch uri := s.get("CodeUri"); {
	case s.get("InlineCode") != nil:
		return s.object(s.field("ZipFile", s.get("InlineCode")))
	case s.get("ImageUri") != nil:
		return s.object(s.field("ImageUri", s.get("ImageUri")))
	case uri != nil && uri.Kind == tree.Mapping && !isIntrinsic(uri):
		out := s.object()
		for _, names := range [][2]string{{"Bucket", "S3Bucket"}, {"Key", "S3Key"}, {"Version", "S3ObjectVersion"}} {
			if value := uri.Get(names[0]); value != nil {
				out.Fields = append(out.Fields, s.field(names[1], value))
			}
		}
		return out
	}
	return s.object()
}

// tags is the list of tags that CloudFormation takes, made from the map of Tags, with the tag that SAM adds. Anything
// that is no map is left as it is.
func (s templateResource) tags() *tree.Node {
	own := s.get("Tags")
	if isGiven(own) && (own.Kind != tree.Mapping || isIntrinsic(own)) {
		return own
	}
	pair := func(key string, value *tree.Node) *tree.Node {
		return s.object(s.field("Key", s.text(key)), s.field("Value", value))
	}
	out := s.list(pair("lambda:createdBy", s.text("SAM")))
	for _, f := range fields(own) {
		out.Items = append(out.Items, pair(f.Key, f.Value))
	}
	return out
}

// setCapacityProvider sets CapacityProviderConfig. SAM refuses it beside a VpcConfig, which is for a rule to report.
func (s templateResource) setCapacityProvider(fn *resource) {
	config := s.get("CapacityProviderConfig")
	if !isTruthy(config) {
		return
	}
	out := s.object()
	for _, names := range [][2]string{
		{"Arn", "CapacityProviderArn"},
		{"PerExecutionEnvironmentMaxConcurrency", "PerExecutionEnvironmentMaxConcurrency"},
		{"ExecutionEnvironmentMemoryGiBPerVCpu", "ExecutionEnvironmentMemoryGiBPerVCpu"},
	} {
		if value := config.Get(names[0]); isGiven(value) {
			out.Fields = append(out.Fields, s.field(names[1], value))
		}
	}
	fn.set("CapacityProviderConfig", s.object(s.field("LambdaManagedInstancesCapacityProviderConfig", out)))
}

// addURL makes the function URL of FunctionUrlConfig.
func (t *translation) addURL(s templateResource, invoked callee) {
	config := s.get("FunctionUrlConfig")
	if !isTruthy(config) {
		return
	}
	url := s.child("Url", "AWS::Lambda::Url")
	url.set("TargetFunctionArn", s.ref(s.id))
	if invoked.alias != "" {
		url.set("Qualifier", invoked.name)
	}
	for _, name := range []string{"AuthType", "Cors", "InvokeMode"} {
		url.set(name, config.Get(name))
	}
	t.add(s.id, url)
}
