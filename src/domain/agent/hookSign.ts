import { z } from 'zod';

export const hookSigns = ['session', 'turnBegan', 'wentOn', 'waits', 'turnEnded'] as const;

/**
 * What a hook of an agent's CLI tells, whichever CLI it is:
 * - `session`: it came to (another) session. `turnBegan`: it was given something to do.
 * - `wentOn`: it used a tool, so nothing holds it up. `waits`: a dialog is open for the person; the text says for what.
 * - `turnEnded`: it stands at its prompt; the text is the last that it said.
 */
export const hookSign = z.enum(hookSigns);
export type HookSign = z.infer<typeof hookSign>;
