import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { settingsFile } from '../../agents/settings/settingsFile.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { commandIds } from '../commandIds.ts';

const template = `# Which programs Sloop starts as agents. Nothing in a workspace can change this file.
# It is read when a window opens Sloop: reload the window after a change.
#
# providers:
#   claude:
#     executable: /opt/claude/bin/claude
#     extraArguments: ['--verbose']
#     env: { HTTPS_PROXY: 'http://localhost:3128' }
#     model: opus
#
# roles:               # the same by role; what stands here wins
#   reviewer: { provider: codex, effort: high }
#
# limits: { agents: 5, providers: { claude: 3 } }   # agents that dispatch lets live at once
# worktrees: { folder: /fast/disk, commit: true }   # where they lie; commit what an agent left uncommitted
#
# commands:            # command lines of your own, each a provider
#   - id: my-agent
#     title: My agent
#     argv: [my-agent, '{prompt}']
`;

/** The command that opens the person's own settings of agents, and makes the file where there is none yet. */
export const registerAgentSettings = (): vscode.Disposable =>
  vscode.commands.registerCommand(commandIds.openAgentSettings, async () => {
    const file = settingsFile(dataFolder());
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, template, { mode: 0o600 });
    }
    await vscode.window.showTextDocument(vscode.Uri.file(file));
  });
