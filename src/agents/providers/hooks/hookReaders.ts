import { readClaudeHook } from './claudeHooks.ts';
import { readCodexHook } from './codexHooks.ts';
import { readCopilotHook } from './copilotHooks.ts';
import { readGeminiHook } from './geminiHooks.ts';
import { readOpencodeHook } from './opencodeHooks.ts';
import type { HookReader } from './hookReader.ts';

/** By provider: those whose hooks are given to `sloop hook`. */
export const hookReaders: Readonly<Record<string, HookReader>> = {
  claude: readClaudeHook,
  codex: readCodexHook,
  copilot: readCopilotHook,
  gemini: readGeminiHook,
  opencode: readOpencodeHook,
};
