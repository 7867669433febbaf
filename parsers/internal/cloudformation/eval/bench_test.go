package eval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

func BenchmarkEval(b *testing.B) {
	var text strings.Builder
	text.WriteString(header)
	for i := 0; text.Len() < 1<<20; i++ {
		fmt.Fprintf(&text, `  Function%d:
    Type: AWS::Lambda::Function
    Condition: Prod
    Properties:
      Role: !GetAtt Role.Arn
      FunctionName: !Sub "${AWS::StackName}-function-%d"
      MemorySize: !If [Prod, 1024, 512]
      VpcConfig:
        SubnetIds: [!Ref Subnet, !Select [1, !Ref Subnets]]
        SecurityGroupIds: !Split [',', !ImportValue Groups]
`, i, i)
	}
	e, _ := evaluatorOf(b, Bindings{}, text.String())
	template := e.Template()
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		e := New(template, Bindings{}, symbol.NewTable(), nil)
		for _, r := range template.Resources {
			e.Eval(r.Properties)
			e.Depends(r)
		}
	}
}
