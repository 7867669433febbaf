package lint

import (
	"os"
	"path/filepath"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// passedOver are names of files and directories that are no inputs themselves, and what to do where one is found. An
// application of CDK that has been synthesized is not told to be.
var passedOver = []struct{ name, advice string }{
	{"cdk.out", "name %q as a PATH, for .gitignore excludes it"},
	{"cdk.json", "%q is of an AWS CDK application: run cdk synth, and lint cdk.out"},
	{".aws-sam", "%q is what sam build writes: lint the template that it is made of, or name .aws-sam/build"},
	{"serverless.yml", "%q is of the Serverless Framework: run serverless package, and lint .serverless"},
	{"serverless.yaml", "%q is of the Serverless Framework: run serverless package, and lint .serverless"},
	{"Pulumi.yaml", "%q is of Pulumi, whose programs are not read"},
}

// nothing says that there was nothing to read in the paths, and what to do instead.
func (r *run) nothing() {
	r.say("nothing to read: no input of a known kind in %s", words.Quoted(orHere(r.paths)))
	for _, p := range orHere(r.paths) {
		synthesized := false
		for _, of := range passedOver {
			name := filepath.Join(p, of.name)
			_, err := os.Stat(boundary.Absolute(r.Dir, name))
			if err != nil || of.name == "cdk.json" && synthesized {
				continue
			}
			synthesized = synthesized || of.name == "cdk.out"
			r.say(of.advice, filepath.ToSlash(name))
		}
	}
}
