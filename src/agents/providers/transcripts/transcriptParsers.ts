import { ClaudeTranscript } from './claudeTranscript.ts';
import { CodexTranscript } from './codexTranscript.ts';
import type { TranscriptParser } from './transcriptParser.ts';

/** By provider: those whose hooks say in which file a session is kept. */
export const transcriptParsers: Readonly<Record<string, () => TranscriptParser>> = {
  claude: () => new ClaudeTranscript(),
  codex: () => new CodexTranscript(),
};
