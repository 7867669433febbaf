import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { Uri, documents, seen, settings } from "./vscode";
import { activate, deactivate } from "../extension";

const binary = process.env.LAMBDA_VPC_LINT ?? "lambda-vpc-lint";
const missing = spawnSync(binary, ["version"]).error !== undefined;

const template = `Resources:
  Nat:
    Type: AWS::EC2::NatGateway
    Properties:
      SubnetId: subnet-0a1b2c3d
      AllocationId: !Ref Address
  Address:
    Type: AWS::EC2::EIP
`;

test("an open template shows its findings", { skip: missing && `${binary} is not there` }, async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "lint-")), "template.yaml");
  writeFileSync(file, template);
  const uri = Uri.file(file);
  documents.push({ uri, fileName: file, languageId: "yaml", version: 1, isClosed: false, getText: () => template });
  settings.path = binary;
  const subscriptions: { dispose(): void }[] = [];
  await activate({ subscriptions } as never);
  try {
    assert.deepEqual(seen.errors, []);
    assert.ok(seen.commands.has("lambda-vpc-lint.restart"));
    for (let i = 0; i < 100 && !seen.diagnostics.get(uri.toString())?.length; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const found = seen.diagnostics.get(uri.toString())?.find((d) => d.message.includes('NAT gateway "Nat" will not deploy'));
    assert.equal(found?.range.start.line, 5);
    assert.equal(found?.severity, 0);
  } finally {
    await deactivate();
  }
});

test("a server that does not start is told", async () => {
  settings.path = "/nowhere/lambda-vpc-lint";
  await activate({ subscriptions: [] } as never);
  assert.match(seen.errors.join("\n"), /\/nowhere\/lambda-vpc-lint does not start/);
});
