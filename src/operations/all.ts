import { deleteAgents, dismissAgents, stopAgents } from './agent/agentMovesByHand.ts';
import { agentLog, listAgents, showAgent } from './agent/agentQueries.ts';
import { listAccounts, removeAccount, resetAccount, updateAccount } from './account/accounts.ts';
import { addAccount } from './account/addAccount.ts';
import { agentStart } from './agent/agentStart.ts';
import { attachAgent } from './agent/attachAgent.ts';
import { claimLaunch } from './agent/claimLaunch.ts';
import { exitAgent } from './agent/exitAgent.ts';
import { observeAgent } from './agent/observeAgent.ts';
import { takeHook } from './agent/takeHook.ts';
import { report } from './agent/report.ts';
import { resumeAgent } from './agent/resumeAgent.ts';
import { flagAgent, haltAgent, liveAgents, readyLaunches, withdrawLaunch } from './agent/supervision.ts';
import { advance, blockLoop, dueLoops } from './loop/loopBookkeeping.ts';
import { approveLoop, pauseLoop, resumeLoop, stopLoop } from './loop/loopMoves.ts';
import { listDefinitions, listLoops, showLoop } from './loop/loopQueries.ts';
import { startLoop } from './loop/startLoop.ts';
import { approveMerges, cancelMerges, requestMerge, retryMerges } from './merge/mergeMoves.ts';
import { listMerges, mergeRows, showMerge } from './merge/mergeQueries.ts';
import { dueMerges } from './merge/mergeWork.ts';
import { mergeConflicted, mergeFailed, mergeRecorded, mergeWaits } from './merge/recordMerge.ts';
import { finishStage } from './stage/finishStage.ts';
import { showStage } from './stage/showStage.ts';
import { assignTodo, finishTodo, nextDispatch, settleDispatch } from './dispatch/dispatchEngine.ts';
import { dispatchStatus, pauseDispatch, startDispatch, stopDispatch } from './dispatch/dispatchState.ts';
import { createTodos } from './todo/createTodos.ts';
import { moveTodos, updateTodo } from './todo/changeTodo.ts';
import { showUsage } from './usage/showUsage.ts';
import { demoteTodo, promoteTodo } from './todo/promoteTodo.ts';
import { deleteTodos } from './todo/deleteTodos.ts';
import { dependTodo, undependTodo } from './todo/todoDependencies.ts';
import {
  approveTodos,
  blockTodo,
  cancelTodos,
  claimTodo,
  completeTodos,
  releaseTodo,
  reopenTodos,
} from './todo/todoMoves.ts';
import { listTodos, readyTodos, searchTodos, showTodo } from './todo/todoQueries.ts';
import { createArtifact } from './artifact/createArtifact.ts';
import { restoreArtifact, updateArtifact } from './artifact/changeArtifact.ts';
import { commentArtifact, listComments, reopenComment, resolveComment } from './artifact/commentArtifact.ts';
import { deleteArtifacts } from './artifact/deleteArtifacts.ts';
import { listArtifacts, listVersions, searchArtifacts, showArtifact } from './artifact/artifactQueries.ts';
import { moveArtifacts } from './artifact/placeArtifacts.ts';
import { previewPlanSteps } from './artifact/planOutcome.ts';
import { stageArtifacts } from './artifact/stageArtifacts.ts';
import {
  archiveProject,
  completeProject,
  reopenProject,
  switchProject,
  updateProject,
} from './project/changeProject.ts';
import { createProject } from './project/createProject.ts';
import { deleteProject } from './project/deleteProject.ts';
import { listProjects, showProject } from './project/projectQueries.ts';
import {
  listRepositories,
  registerRepository,
  removeRepository,
  showRepository,
  updateRepository,
} from './repository/repositories.ts';
import { deleteSession } from './session/deleteSession.ts';
import { closeSession, listSessions, showSession, startSession, updateSession } from './session/sessions.ts';
import { approveSprints, transitionSprint, updateSprint } from './sprint/changeSprint.ts';
import { createSprint } from './sprint/createSprint.ts';
import { deleteSprint } from './sprint/deleteSprint.ts';
import { dependSprint, undependSprint } from './sprint/sprintDependencies.ts';
import { listSprints, showSprint } from './sprint/sprintQueries.ts';
import { showContext } from './context/showContext.ts';
import { listEvents } from './event/listEvents.ts';
import { inbox } from './message/inbox.ts';
import { listen, readMessages, showMessage, showThread } from './message/messageQueries.ts';
import { askQuestion } from './message/askQuestion.ts';
import { answerQuestion, withdrawQuestion } from './message/answerQuestion.ts';
import { deliverMessages, dueMessages } from './message/deliverMessages.ts';
import { sendMessage } from './message/sendMessage.ts';
import { acceptAllProposals, acceptProposals } from './proposal/acceptProposals.ts';
import { dismissProposals, updateProposal } from './proposal/changeProposal.ts';
import { createProposals } from './proposal/createProposals.ts';
import { listProposals, showProposal } from './proposal/proposalQueries.ts';
import { listRoles, showRole } from './role/roles.ts';
import { filterTodos, todoRows } from './todo/todoRows.ts';
import { sprintRows } from './sprint/sprintRows.ts';
import { artifactRows } from './artifact/artifactRows.ts';
import { projectRows } from './project/projectRows.ts';
import { loopRows } from './loop/loopRows.ts';
import { deleteLog } from './agent/deleteLog.ts';
import { messageRows } from './message/messageRows.ts';
import { agentRows } from './agent/agentRows.ts';
import { diffOf } from './worktree/diffOf.ts';
import { repositoryFetched, worktreeFailed, worktreePrepared } from './worktree/prepareWorktrees.ts';
import { worktreeFound, worktreeLooked, worktreeRemoved } from './worktree/recordWorktrees.ts';
import { adoptWorktree, removeWorktrees, scanWorktrees } from './worktree/worktreeMoves.ts';
import { listWorktrees, showWorktree, worktreeRows } from './worktree/worktreeQueries.ts';
import { dueWorktrees } from './worktree/worktreeWork.ts';

/** Every operation there is. Each surface is derived from this list. */
export const operations = [
  createTodos,
  listTodos,
  showTodo,
  updateTodo,
  claimTodo,
  releaseTodo,
  completeTodos,
  blockTodo,
  cancelTodos,
  reopenTodos,
  approveTodos,
  moveTodos,
  dependTodo,
  undependTodo,
  readyTodos,
  searchTodos,
  promoteTodo,
  demoteTodo,
  deleteTodos,
  showUsage,
  startDispatch,
  pauseDispatch,
  stopDispatch,
  dispatchStatus,
  nextDispatch,
  assignTodo,
  finishTodo,
  settleDispatch,
  listDefinitions,
  startLoop,
  listLoops,
  showLoop,
  pauseLoop,
  resumeLoop,
  stopLoop,
  approveLoop,
  advance,
  blockLoop,
  dueLoops,
  finishStage,
  showStage,
  createProject,
  listProjects,
  showProject,
  updateProject,
  switchProject,
  completeProject,
  archiveProject,
  reopenProject,
  deleteProject,
  registerRepository,
  listRepositories,
  showRepository,
  updateRepository,
  removeRepository,
  createSprint,
  listSprints,
  showSprint,
  updateSprint,
  approveSprints,
  transitionSprint,
  dependSprint,
  undependSprint,
  deleteSprint,
  startSession,
  listSessions,
  showSession,
  updateSession,
  closeSession,
  deleteSession,
  createArtifact,
  listArtifacts,
  showArtifact,
  updateArtifact,
  restoreArtifact,
  stageArtifacts,
  previewPlanSteps,
  moveArtifacts,
  listVersions,
  searchArtifacts,
  commentArtifact,
  listComments,
  resolveComment,
  reopenComment,
  deleteArtifacts,
  agentStart,
  listAgents,
  showAgent,
  agentLog,
  stopAgents,
  resumeAgent,
  dismissAgents,
  deleteAgents,
  deleteLog,
  report,
  claimLaunch,
  observeAgent,
  takeHook,
  exitAgent,
  attachAgent,
  readyLaunches,
  withdrawLaunch,
  liveAgents,
  flagAgent,
  haltAgent,
  askQuestion,
  sendMessage,
  answerQuestion,
  withdrawQuestion,
  listen,
  inbox,
  showMessage,
  showThread,
  readMessages,
  dueMessages,
  deliverMessages,
  addAccount,
  listAccounts,
  updateAccount,
  resetAccount,
  removeAccount,
  createProposals,
  listProposals,
  showProposal,
  acceptProposals,
  acceptAllProposals,
  dismissProposals,
  updateProposal,
  listRoles,
  showRole,
  listEvents,
  showContext,
  projectRows,
  sprintRows,
  todoRows,
  filterTodos,
  artifactRows,
  loopRows,
  agentRows,
  messageRows,
  listMerges,
  showMerge,
  requestMerge,
  approveMerges,
  retryMerges,
  cancelMerges,
  mergeRows,
  dueMerges,
  mergeRecorded,
  mergeConflicted,
  mergeFailed,
  mergeWaits,
  listWorktrees,
  showWorktree,
  diffOf,
  removeWorktrees,
  adoptWorktree,
  scanWorktrees,
  worktreeRows,
  dueWorktrees,
  worktreePrepared,
  worktreeFailed,
  worktreeLooked,
  worktreeRemoved,
  worktreeFound,
  repositoryFetched,
] as const;
