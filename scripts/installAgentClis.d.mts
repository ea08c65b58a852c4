/** Where the agent CLIs lie; ignored by git. */
export const agentCliFolder: string;
/** Goes before the PATH of whoever runs the CLIs. */
export const agentCliBin: string;
/** The CLIs' programs, by which they are named here. */
export const agentCliNames: readonly string[];
/** Installs those that are named (all of them where none are) and not there; throws an Error that says what is missing. */
export function installAgentClis(say: (line: string) => void, names?: readonly string[]): Promise<void>;
