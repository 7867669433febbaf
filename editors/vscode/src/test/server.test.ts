import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { advice, program, selector } from "../server";

const manifest = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8"));

test("the program is the one in PATH unless a path is set", () => {
  assert.deepEqual(program(" ", "/home/me", "/w"), { command: "lambda-vpc-lint", args: ["lsp"], options: { cwd: "/w" } });
  assert.equal(program("~/bin/lint", "/home/me", undefined).command, "/home/me/bin/lint");
  assert.equal(program("${workspaceFolder}/bin/lint", "/home/me", "/w").command, "/w/bin/lint");
});

test("what does not start is told with what to do", () => {
  assert.match(advice("lint", "ENOENT"), /^lint does not start: ENOENT\. Install it .*lambda-vpc-lint\.path\.$/);
});

test("each language that is selected starts the extension", () => {
  const started = manifest.activationEvents.map((event: string) => event.replace("onLanguage:", ""));
  const selected = selector.flatMap((s) => ("language" in s ? [s.language] : [])).filter((l) => l !== "hcl");
  assert.deepEqual([...started].sort(), [...selected].sort());
});

test("each setting begins with the name of the section and says what it is for", () => {
  for (const [name, setting] of Object.entries<{ description: string }>(manifest.contributes.configuration.properties)) {
    assert.match(name, /^lambda-vpc-lint\./);
    assert.match(setting.description, /\.$/);
  }
});

const binary = process.env.LAMBDA_VPC_LINT ?? "lambda-vpc-lint";
const missing = spawnSync(binary, ["version"]).error !== undefined;

test("the program speaks the protocol", { skip: missing && `${binary} is not there` }, async () => {
  const run = program(binary, "", undefined);
  const server = spawn(run.command, run.args, { stdio: ["pipe", "pipe", "inherit"] });
  const closed = new Promise((resolve) => server.on("close", resolve));
  let said = "";
  server.stdout.on("data", (data) => (said += data));
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  send({ id: 2, method: "shutdown" });
  send({ method: "exit" });
  assert.equal(await closed, 0);
  assert.match(said, /"hoverProvider":true/);
});
