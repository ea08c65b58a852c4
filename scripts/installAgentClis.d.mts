/** Where the agent CLIs lie; ignored by git. */
export const agentCliFolder: string;
/** Goes before the PATH of whoever runs `claude` and `codex`. */
export const agentCliBin: string;
/** Installs what is not there; throws an Error that says what is missing. */
export function installAgentClis(say: (line: string) => void): Promise<void>;
