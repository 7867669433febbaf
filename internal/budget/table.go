package budget

// What is read. A file may be several times as large as CloudFormation takes, which is 1 MB for a template.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
var (
	File          = bytes(4<<20, "of text in a file")
	Text          = bytes(256<<20, "of text in the files of a run")
	Directories   = things(200, "directories inside each other") // a walk holds those above it open
	Baseline      = bytes(32<<20, "of text in a baseline")
	Report        = bytes(128<<20, "of text in a report that is merged")
	Configuration = bytes(256<<10, "of text in a configuration")
	TOML          = bytes(256<<10, "of text in a samconfig.toml") // its library recurses as deep as brackets nest
	Errors        = things(20, "errors of a file that are told one by one, and as many notices")
)

// One file of YAML or JSON.
var (
	Document = bytes(5<<20, "of text in a YAML or JSON file, as UTF-8")
	// yaml.v3 takes quadratic time on brackets.
	DocumentOpen   = things(256, "brackets of a YAML or JSON file that are open at once")
	DocumentLevels = things(100, "levels of values in a YAML or JSON file")
	DocumentValues = things(1_000_000, "values in a YAML or JSON file, with those that aliases repeat")
)

// A snapshot of an account.
var (
	Snapshot       = bytes(64<<20, "of text in a snapshot of an account")
	SnapshotValues = things(2_000_000, "values in a snapshot of an account")
	SnapshotFiles  = things(1_000, "files of one context")
)

// One file of Terraform. The parser of HCL calls itself for each level, so deep text would exhaust the stack.
var (
	HCL         = bytes(2<<20, "of text in a Terraform file")
	HCLLevels   = things(500, "levels of brackets in a Terraform file")
	HCLSigns    = things(5_000, "signs in a row in a Terraform file")    // they negate each other
	HCLTokens   = things(500_000, "words and signs in a Terraform file") // each takes some hundred bytes
	HCLDigits   = things(10_000, "digits in a row in a Terraform file")  // a number takes quadratic time to read
	HCLChoices  = things(20_000, "question marks in a Terraform file")
	HCLSplats   = things(20_000, "asterisks in a Terraform file")
	HCLControls = things(5_000, "template directives in a Terraform file")
)

// One deployment of CloudFormation. Templates may nest themselves. CloudFormation makes at most 2,500 resources of
// nested stacks at a time.
var (
	Stacks      = things(200, "nested and imported stacks in a deployment")
	StackText   = bytes(16<<20, "of text in the nested and imported stacks of a deployment")
	StackWidth  = things(10_000, "resources in a deployment before a further stack")
	Resources   = things(20_000, "resources in a deployment of CloudFormation")
	SAM         = things(500_000, "values in the resources of a template as SAM expands it")
	EvalSteps   = things(1_000_000, "values evaluated in a deployment of CloudFormation")
	EvalLoops   = things(100_000, "values made by loops in a deployment of CloudFormation")
	EvalText    = bytes(256<<10, "of text in one value of CloudFormation")
	EvalAllText = bytes(64<<20, "of text put together in a deployment of CloudFormation")
)

// One deployment of Terraform.
var (
	HCLSteps     = things(2_000_000, "expressions evaluated in a deployment of Terraform")
	HCLNesting   = things(1_500, "expressions inside each other, through references too")
	HCLWork      = things(20_000_000, "parts of values gone through in a deployment of Terraform")
	HCLParts     = things(200_000, "parts in one value of Terraform, those that stand in it twice counted twice")
	HCLElements  = things(1_000_000, "elements of collections in a deployment of Terraform")
	HCLText      = bytes(1<<20, "of text in one value of Terraform")
	HCLAllText   = bytes(64<<20, "of text put together in a deployment of Terraform")
	HCLInstances = things(10_000, "instances of modules and of what may be in a network in a deployment of Terraform")
	HCLModules   = things(16, "modules inside each other")
	PlanSteps    = things(1_000_000, "references followed in a plan")
)

// NetworkWork bounds one network, whatever it comes from. AWS takes at most 1,000 routes in a route table and 40
// entries a direction in a network ACL. A question looks at each of them.
// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
var NetworkWork = things(6_000_000, "routes, entries and hops looked at in a network")

// Imported is shared by the deployments that import: a stack is evaluated for each of them. It is not one of All.
// Beyond it a notice says so, for the stacks are judged as deployments of their own.
var Imported = Budget{"of text in the stacks that all deployments import from", 10 << 20, size}

// Time stands behind all meters: what none of them sees ends here. It is far from what any of them allows.
var Time = seconds(30, "of CPU time for a deployment")

// RunTime bounds the deployments of a run together: a small file may take as long as Time, and there may be many.
var RunTime = seconds(900, "of CPU time for a run")
