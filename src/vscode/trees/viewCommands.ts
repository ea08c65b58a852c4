/** Commands that only make sense in a view. `sloop.view.…` says so, and they are not in the palette. */
export const viewCommands = {
  loadMore: 'sloop.view.loadMore',
  filter: 'sloop.filterTodos',
  clearFilter: 'sloop.clearFilter',
  search: 'sloop.search',
  showCompleted: 'sloop.showCompleted',
  hideCompleted: 'sloop.hideCompleted',
  refresh: 'sloop.refresh',
  /** They get a row, and run another command with its id. */
  openLoop: 'sloop.view.openLoop',
  openArtifact: 'sloop.view.openArtifact',
  showTerminal: 'sloop.view.showTerminal',
  openAgentLog: 'sloop.view.openAgentLog',
  copyId: 'sloop.view.copyId',
  answer: 'sloop.view.answer',
  markNotesRead: 'sloop.markNotesRead',
  putAside: 'sloop.view.putAside',
} as const;
