import type { Step } from './script.ts';
import type { ModelRequest, OfferedTool, Turn } from './wire.ts';

type Call = readonly [tool: string, input: unknown];

/** Turns a step into what this request's CLI can do. A tool that is not offered is said, so a test shows why. */
export function playStep(
  step: Extract<Step, { tool: string } | { run: string } | { write: object } | { text: string }>,
  request: ModelRequest,
): Turn {
  if ('text' in step) return { kind: 'text', text: step.text };
  const candidates = callsFor(step, request);
  for (const [name, input] of candidates) {
    const tool = offeredTool(request.tools, name);
    if (tool !== undefined) return { kind: 'call', tool, input };
  }
  const wanted = candidates.map(([name]) => name).join(' or ');
  const offered = request.tools.map(({ name }) => name).join(', ');
  return { kind: 'text', text: `SCRIPT: no tool ${wanted} is offered; offered: ${offered}` };
}

function callsFor(
  step: Exclude<Parameters<typeof playStep>[0], { text: string }>,
  request: ModelRequest,
): readonly Call[] {
  if ('run' in step) return shellCalls(step.run);
  if ('write' in step) return writeCalls(step.write.path, step.write.content);
  const input =
    typeof step.input === 'function' ? step.input({ results: request.results }) : (step.input ?? {});
  return [[step.tool, input]];
}

/** Shell tools by the names that the CLIs give them. */
const shellCalls = (command: string): readonly Call[] => [
  ['Bash', { command, description: 'Run a command' }],
  ['exec_command', { cmd: command }],
  ['shell_command', { command }],
  ['shell', { command: ['bash', '-lc', command] }],
  ['run_shell_command', { command }],
  ['bash', { command, description: 'Run a command' }],
];

const writeCalls = (path: string, content: string): readonly Call[] => [
  ['Write', { file_path: path, content }],
  ['apply_patch', addFilePatch(path, content)],
  ['write_file', { file_path: path, content }],
  ['write', { filePath: path, content }],
  ['create', { path, file_text: content }],
  // Codex offers no edit tool to a model that it does not know; such a model writes by the shell.
  ...shellCalls(`cat > '${path}' <<'END_OF_FILE'\n${content.replace(/\n?$/, '\n')}END_OF_FILE`),
];

const addFilePatch = (path: string, content: string): string =>
  [
    '*** Begin Patch',
    `*** Add File: ${path}`,
    ...content
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `+${line}`),
    '*** End Patch',
    '',
  ].join('\n');

const offeredTool = (tools: readonly OfferedTool[], name: string): OfferedTool | undefined =>
  tools.find((tool) => tool.name === name) ??
  tools.find((tool) => tool.name.endsWith(`_${name}`) || tool.name.endsWith(`-${name}`));
