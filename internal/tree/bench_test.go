package tree

import (
	"bytes"
	"fmt"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// large is a template of about 1 MB, the most that CloudFormation takes.
func large() []byte {
	var b bytes.Buffer
	b.WriteString("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n")
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, `  Function%d:
    Type: AWS::Lambda::Function
    Condition: HasFunctions
    Properties:
      Runtime: provided.al2023
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {QUEUE: !Ref Queue, TABLE: "table-%d"}
      VpcConfig:
        SubnetIds:
          - !Ref SubnetA
          - Fn::ImportValue: !Sub "${Network}-subnet"
        SecurityGroupIds: [!GetAtt Group.GroupId]
      Code:
        ZipFile: |
          def handler(event, context):
              return event
`, i, i)
	}
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	text := large()
	b.Run("into a tree", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			Read(source.NewFileSet().Add("template.yaml", text))
		}
	})
	b.Run("into the nodes of yaml.v3", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var n yaml.Node
			if err := yaml.Unmarshal(text, &n); err != nil {
				b.Fatal(err)
			}
		}
	})
}
