// A small VS Code: what the extension and its client touch until findings of one open document are shown. What is not
// here is an event that never comes, a class without anything in it, or a function that does nothing.
import Module = require("node:module");
import { pathToFileURL, fileURLToPath } from "node:url";

class Disposable {
  constructor(readonly dispose: () => void = () => {}) {}
  static from = () => new Disposable();
}

class EventEmitter {
  private readonly listeners = new Set<(e: unknown) => unknown>();
  event = (f: (e: unknown) => unknown) => (this.listeners.add(f), new Disposable(() => this.listeners.delete(f)));
  fire(e: unknown) { for (const f of this.listeners) f(e); }
  dispose() { this.listeners.clear(); }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() };
  cancel() {}
  dispose() {}
}

class Uri {
  private constructor(readonly scheme: string, readonly fsPath: string) {}
  static file = (path: string) => new Uri("file", path);
  static parse = (text: string) => text.startsWith("file:") ? Uri.file(fileURLToPath(text)) : new Uri("https", text);
  get path() { return this.fsPath; }
  toString() { return pathToFileURL(this.fsPath).href; }
}

class Position { constructor(readonly line: number, readonly character: number) {} }
class Range {
  readonly start: Position;
  constructor(...at: number[]) { this.start = new Position(at[0] ?? 0, at[1] ?? 0); }
}
class Diagnostic { constructor(readonly range: Range, readonly message: string, readonly severity: number) {} }

class CodeActionKind {
  static Empty = new CodeActionKind("");
  constructor(readonly value: string) {}
  append(part: string) { return new CodeActionKind(this.value ? `${this.value}.${part}` : part); }
  contains() { return true; }
}

/** What a test sees: the findings by document, commands, and messages to the user. */
export const seen = { diagnostics: new Map<string, Diagnostic[]>(), commands: new Map<string, () => unknown>(), errors: [] as string[] };

export const settings: Record<string, unknown> = {};
export const documents: object[] = [];

function lenient<T extends object>(known: T): T {
  const made = new Map<PropertyKey, unknown>();
  return new Proxy(known, {
    get(target, name) {
      if (name in target || typeof name === "symbol" || name === "then") return Reflect.get(target, name);
      if (!made.has(name)) made.set(name, stub(name));
      return made.get(name);
    },
  });
}

function stub(name: string): unknown {
  if (/^on(Did|Will)/.test(name)) return () => new Disposable();
  if (/^[A-Z]/.test(name)) return class { constructor(...of: unknown[]) { Object.assign(this, { of }); } };
  return () => new Disposable();
}

const channel = lenient({ name: "", logLevel: 0 });
const configuration = { get: (key: string, other: unknown) => settings[key] ?? other, has: (key: string) => key in settings, inspect: () => undefined };

const vscode = lenient({
  Disposable, EventEmitter, CancellationTokenSource, Uri, Position, Range, Diagnostic, CodeActionKind,
  version: "1.100.0", DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  env: lenient({ appName: "a small VS Code", language: "en", createTelemetryLogger: () => channel }),
  window: lenient({
    createOutputChannel: () => channel, activeTextEditor: undefined, visibleTextEditors: [],
    tabGroups: lenient({ all: [] }), activeNotebookEditor: undefined, visibleNotebookEditors: [],
    showErrorMessage: async (text: string) => { seen.errors.push(text); },
  }),
  commands: lenient({ registerCommand: (id: string, f: () => unknown) => (seen.commands.set(id, f), new Disposable()) }),
  workspace: lenient({
    workspaceFolders: undefined, textDocuments: documents, notebookDocuments: [], isTrusted: true,
    getConfiguration: (section?: string) => Object.assign(section ? configuration : { ...configuration, get: () => settings }, {}),
    createFileSystemWatcher: () => lenient({}),
  }),
  languages: lenient({
    match: () => 10,
    createDiagnosticCollection: () => ({
      set: (uri: Uri, found: Diagnostic[]) => seen.diagnostics.set(uri.toString(), found),
      delete: (uri: Uri) => seen.diagnostics.delete(uri.toString()), clear() {}, dispose() {}, has: () => false,
      get: (uri: Uri) => seen.diagnostics.get(uri.toString()),
    }),
  }),
});

const loader = Module as unknown as { _load: (id: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = (id, ...rest) => (id === "vscode" ? vscode : load(id, ...rest));
export { Uri };
