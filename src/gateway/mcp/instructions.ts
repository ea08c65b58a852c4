/** Said once to each MCP client, by the host and by the bridge alike. */
export const mcpInstructions =
  'Sloop keeps the projects, sprints, todos, artifacts and questions of this workspace. Report your work through these ' +
  'tools. What is not in the list is reached by sloop_find (search) and sloop_do (run). The `sloop` command on the ' +
  'PATH does the same.';
