// A client that speaks with the server through the library that VS Code's extensions use. It prints one line of JSON
// for each step. Arguments: the directory of the workspace, then the command of the server.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const lsp = require("vscode-languageserver-protocol/node");

const [workspace, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
const connection = lsp.createProtocolConnection(
  new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin), console);
const folder = pathToFileURL(workspace).toString();
const uri = pathToFileURL(path.join(workspace, "app.yaml")).toString();
const exited = new Promise((resolve) => server.on("exit", resolve));

let settings = { region: "eu-west-1" };
let version = 1;
let text = fs.readFileSync(path.join(workspace, "app.yaml"), "utf8");
const waiting = [];
const registered = [];
const tell = (step, what) => console.log(JSON.stringify({ step, ...what }));
const relative = (where) => where.replace(folder + "/", "");
const brief = (d) => ({ rule: d.code, severity: d.severity, range: d.range, message: d.message });

// diagnosed is what the server says of the version of the document.
function diagnosed(wanted) {
  return new Promise((resolve) => waiting.push({ wanted, resolve }));
}

connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => {
  for (const w of waiting.filter((w) => p.uri === uri && p.version === w.wanted)) {
    waiting.splice(waiting.indexOf(w), 1);
    w.resolve(p.diagnostics);
  }
});
connection.onRequest(lsp.ConfigurationRequest.type, (p) => p.items.map(() => settings));
connection.onRequest(lsp.RegistrationRequest.type, (p) => {
  registered.push(...p.registrations.map((r) => r.method));
});

// offsetOf is that of a position, in UTF-16 as strings of JavaScript are.
function offsetOf(at) {
  let start = 0;
  for (let line = 0; line < at.line; line++) start = text.indexOf("\n", start) + 1;
  return start + at.character;
}

// edit changes the document as an editor does, and waits for what the server says.
async function edit(range, newText) {
  text = text.slice(0, offsetOf(range.start)) + newText + text.slice(offsetOf(range.end));
  const told = diagnosed(++version);
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version }, contentChanges: [{ range, text: newText }],
  });
  return told;
}

// placeOf is the range of a piece of the text.
function placeOf(piece) {
  const start = text.indexOf(piece);
  const before = text.slice(0, start).split("\n");
  const line = before.length - 1;
  const character = before[line].length;
  return { start: { line, character }, end: { line, character: character + piece.length } };
}

async function main() {
  connection.listen();
  const hello = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid, rootUri: folder, workspaceFolders: [{ uri: folder, name: "workspace" }],
    capabilities: { workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  tell("initialize", { server: hello.serverInfo.name, encoding: hello.capabilities.positionEncoding });
  await connection.sendNotification(lsp.InitializedNotification.type, {});

  let told = diagnosed(version);
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "yaml", version, text },
  });
  let found = await told;
  tell("open", {
    diagnostics: found.map(brief),
    related: found[0].relatedInformation.map((r) => `${relative(r.location.uri)}:${r.location.range.start.line + 1} ${r.message}`),
    page: found[0].codeDescription.href,
  });

  const textDocument = { uri };
  const inside = found[0].range.start;
  const hover = await connection.sendRequest(lsp.HoverRequest.type, { textDocument, position: inside });
  tell("hover", { markdown: hover.contents.value.replaceAll(folder, "WORKSPACE"), range: hover.range });
  const places = await connection.sendRequest(lsp.DefinitionRequest.type, { textDocument, position: inside });
  tell("definition", { places: places.map((l) => ({ file: relative(l.uri), line: l.range.start.line + 1 })) });
  const context = { diagnostics: [found[0]] };
  const actions = await connection.sendRequest(lsp.CodeActionRequest.type, { textDocument, range: found[0].range, context });
  tell("codeAction", { titles: actions.map((a) => a.title), kinds: actions.map((a) => a.kind) });

  // A character of two UTF-16 units in front of the finding moves it by two.
  found = await edit(placeOf('"SecurityGroupIds": [!Ref Group]'), '"SecurityGroupIds": [!Ref Group, "\u{1F310}"]');
  tell("typed", { moved: found[0].range.start.character - inside.character - ', ""'.length });
  await edit(placeOf(', "\u{1F310}"'), "");
  found = await edit(placeOf("!Ref Public]"), "!Ref Private]");
  tell("mended", { diagnostics: found.map(brief) });
  found = await edit(placeOf("!Ref Private]"), "!Ref Public]");
  const { range, newText } = actions[0].edit.changes[uri][0];
  found = await edit(range, newText);
  tell("ignored", { line: text.split("\n")[range.start.line], diagnostics: found.map(brief) });

  const source = new lsp.CancellationTokenSource();
  const changed = edit(placeOf("AWSTemplateFormatVersion"), "AWSTemplateFormatVersion");
  const asked = connection.sendRequest(lsp.HoverRequest.type, { textDocument, position: inside }, source.token);
  source.cancel();
  tell("cancel", { code: await asked.then(() => "answered", (e) => e.code) });
  await changed;

  await edit({ start: range.start, end: { line: range.start.line + 1, character: 0 } }, "");
  settings = { region: "eu-west-1", disable: ["public_subnet_only"] };
  told = diagnosed(version);
  await connection.sendNotification(lsp.DidChangeConfigurationNotification.type, { settings: null });
  tell("configured", { diagnostics: (await told).map(brief) });

  await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument });
  tell("registered", { methods: registered });
  await connection.sendRequest(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  tell("exit", { code: await exited });
}

main().then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });
