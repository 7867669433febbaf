// What the extension needs to know to start the server. Nothing here needs VS Code, so that it can be tested without.

/** The languages and files whose documents the server gets. It passes over those that are no input. */
export const selector = [
  ...["yaml", "json", "cloudformation", "terraform", "terraform-vars", "opentofu", "hcl"].map((language) => ({
    scheme: "file", language,
  })),
  { scheme: "file", pattern: "**/*.{tf,tofu,tfvars,template,cfn,cform}" },
];

export interface Program {
  command: string;
  args: string[];
  options: { cwd: string | undefined };
}

/** The program that serves a workspace. A path may begin with ~/ or ${workspaceFolder}. */
export function program(path: string, home: string, folder: string | undefined): Program {
  let command = path.trim() || "lambda-vpc-lint";
  if (command.startsWith("~/")) {
    command = home + command.slice(1);
  }
  if (folder !== undefined) {
    command = command.replaceAll("${workspaceFolder}", folder);
  }
  return { command, args: ["lsp"], options: { cwd: folder } };
}

/** What to tell somebody whose server does not start. */
export function advice(command: string, reason: string): string {
  return `${command} does not start: ${reason}. Install it (go install ` +
    "github.com/lambda-vpc-lint/lambda-vpc-lint/cmd/lambda-vpc-lint@latest), or set lambda-vpc-lint.path.";
}
