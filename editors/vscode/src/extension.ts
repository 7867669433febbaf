import * as os from "node:os";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { advice, program, selector } from "./server";

let client: LanguageClient | undefined;

/** Starts the server, which lints what is open from then on. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("lambda-vpc-lint.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (e) => {
      if (e.affectsConfiguration("lambda-vpc-lint.path")) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("lambda-vpc-lint");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const run = program(settings.get("path", ""), os.homedir(), folder);
  client = new LanguageClient("lambda-vpc-lint", "lambda-vpc-lint", run, {
    documentSelector: selector,
    synchronize: { configurationSection: "lambda-vpc-lint" },
  });
  try {
    await client.start();
  } catch (e) {
    client = undefined;
    await vscode.window.showErrorMessage(advice(run.command, e instanceof Error ? e.message : String(e)));
  }
}
