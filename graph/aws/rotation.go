package aws

import "regexp"

// rotationApplication is the ARN of one of the applications with which AWS rotates secrets, in the commercial regions,
// in GovCloud and in China.
var rotationApplication = regexp.MustCompile(
	`:serverlessrepo:[^:]*:(297356227824|023102451235|193023089310):applications/SecretsManager\w*Rotation\w*$`)

// IsRotationApplication reports that the ARN is that of an application with which AWS rotates secrets: a function, its
// role, and the permission to call it.
// https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas
func IsRotationApplication(arn string) bool { return rotationApplication.MatchString(arn) }
