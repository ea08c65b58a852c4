import type { OperationId } from '../../operations/client.ts';

/** Operations of the palette's surface that are no commands, each with the reason. */
export const notByHand = {
  'todo.list': '"Show a todo" lists them to choose from',
  'sprint.list': '"Show a sprint" lists them to choose from',
  'project.list': '"Show a project" lists them to choose from',
  'repository.list': '"Show a repository" lists them to choose from',
  'session.list': '"Show a session" lists them to choose from',
  'artifact.list': '"Show an artifact" lists them to choose from',
  'artifact.versions': 'the review shows them, and "Restore a version" lists them',
  'artifact.comments': 'the review shows them beside their lines',
  'loop.list': '"Show a loop" lists them to choose from',
  'agent.list': '"Show an agent" lists them to choose from',
  'role.list': '"Show a role" lists them to choose from',
  'todo.search': '"Search Todos and Artifacts" does it while one types',
  'artifact.search': '"Search Todos and Artifacts" does it while one types',
  'worktree.list': 'the Merge Queue view lists those that are kept',
  'merge.list': 'it is the Merge Queue view',
  'proposal.list': 'the Inbox lists them, and "Show a proposal" lists them to choose from',
  'proposal.create': 'an agent proposes; a person makes the change at once',
  'account.list': 'it is the Accounts view',
  'message.inbox': 'it is the Inbox view',
  'message.answer': '"Answer a Question" does it, with the question in sight',
  'message.show': '"Show a thread" shows it with what was answered',
  'message.listen': 'an agent waits by it; a person has the Inbox',
  'message.withdraw':
    'only the asker knows which of its questions is not needed any more, by the id it was given',
  'stage.show': 'the loop view shows stages',
  'stage.finish': 'an agent says it of its own stage',
  report: 'an agent says it of its own work',
  context: 'an agent reads it at its start',
} as const satisfies Partial<Record<OperationId, string>>;
