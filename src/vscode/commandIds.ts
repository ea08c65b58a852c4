/**
 * Commands by which one part of the extension asks another, and that trees and links run with arguments. Operations
 * have commands of their own: `sloop.` and the operation's id.
 */
export const commandIds = {
  /** (artifact id, version?) Opens the review. */
  openArtifact: 'sloop.openArtifact',
  /** (loop id) Opens the loop view. */
  openLoop: 'sloop.openLoop',
  /** (agent id or name) Opens the agent's panel. */
  openAgent: 'sloop.openAgent',
  /** (agent id) The person has seen how it ended. */
  agentSeen: 'sloop.agentSeen',
  /** (agent id or name) Opens the folder that it works in as a window. */
  openWorktree: 'sloop.openWorktree',
  /** (agent id or name) Opens a shell in the folder that it works in. */
  openWorktreeTerminal: 'sloop.openWorktreeTerminal',
  /** ({ agent } | { todo } | { sprint }, or asked for) Opens what was changed in the editor's own diff. */
  showChanges: 'sloop.showChanges',
  /** (todo id?) Starts an agent on a todo; asks which where none is named. */
  runOnTodo: 'sloop.runOnTodo',
  /** (agent id or name) Shows its terminal, else its log. */
  showTerminal: 'sloop.showTerminal',
  /** (agent id or name) Opens what it said and did as a read-only document. */
  openAgentLog: 'sloop.openAgentLog',
  /** Asks for an account of a provider and its credential. */
  addAccount: 'sloop.addAccount',
  /** (account id or its row) Opens a terminal in which the provider's CLI logs in to the account's own folder. */
  logInToAccount: 'sloop.logInToAccount',
  /** (message id) Asks the person for the answer. */
  answerQuestion: 'sloop.answerQuestion',
  /** (kind, id) Does what an item of the inbox waits for: answer, review, decide, look. */
  openInboxItem: 'sloop.openInboxItem',
  /** (noun, id) Shows a row in its tree. */
  reveal: 'sloop.reveal',
  /** Which folder of a window with several Sloop is about. */
  chooseFolder: 'sloop.chooseFolder',
  /** The person's own file of agents and programs. */
  openAgentSettings: 'sloop.openAgentSettings',
  openWalkthrough: 'sloop.openWalkthrough',
  showLog: 'sloop.showLog',
  retryConnection: 'sloop.retryConnection',
} as const;
