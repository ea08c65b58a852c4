import type { Todo } from '../../domain/todo/todo.ts';

/** What an agent should know before its first step, gathered from rows. */
export interface PromptFacts {
  readonly name: string;
  readonly role: { readonly name: string; readonly displayName: string };
  readonly workingFolder: string;
  /** Its own git worktrees; none: it works in the workspace folder. */
  readonly worktrees?: readonly {
    readonly path: string;
    readonly branch: string;
    readonly baseBranch: string;
    readonly repository: { readonly name: string };
  }[];
  readonly project: { readonly title: string; readonly slug: string; readonly description: string } | null;
  readonly sprint: {
    readonly number: number;
    readonly title: string;
    readonly goal: string;
    readonly acceptanceCriteria: readonly string[];
  } | null;
  /** Open todos of the sprint, else of the session, in their order, and how many more there are. */
  readonly roster: {
    readonly todos: readonly Pick<Todo, 'id' | 'title' | 'status' | 'assignee'>[];
    readonly more: number;
  };
  readonly todo: Todo | null;
  /** Finished todos that the agent's own one waited for. */
  readonly earlier: readonly Pick<Todo, 'id' | 'title' | 'completionSummary'>[];
  /** How the agent before fared with the same todo. */
  readonly before: { readonly name: string; readonly status: string; readonly result: string | null } | null;
  readonly inStage: boolean;
  /** The task itself, as whoever starts the agent says it. */
  readonly task: string;
}

/** The first message that an agent gets: who it is, where it is, what to do, and how to report. */
export const composePrompt = (facts: PromptFacts): string =>
  [
    opening(facts),
    ...section('Your worktree', worktreeText(facts)),
    ...section('Project', projectText(facts)),
    ...section('Sprint', sprintText(facts)),
    ...section('Open todos', rosterText(facts)),
    ...section('Your todo', todoText(facts)),
    ...section('What was done before', earlierText(facts)),
    ...section('The attempt before yours', beforeText(facts)),
    ...section('Your task', facts.task.trim()),
    ...section('How to report', reportText(facts)),
  ].join('\n\n');

const section = (title: string, text: string): readonly string[] =>
  text === '' ? [] : [`## ${title}\n\n${text}`];

const lines = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('\n');

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

const opening = ({ name, role, workingFolder }: PromptFacts): string =>
  `You are ${name}, an agent of the team that Sloop runs in this workspace.\n` +
  `Role: ${role.name} (${role.displayName}). You work in ${workingFolder}.`;

function worktreeText({ worktrees = [] }: PromptFacts): string {
  if (worktrees.length === 0) return '';
  return lines(
    ...worktrees.map(
      ({ path, branch, baseBranch, repository }) =>
        `${path} is a git worktree of ${repository.name} for you alone, on branch ${branch}.` +
        ` When you report done it is merged into ${baseBranch}, by itself.`,
    ),
    'Work and commit there and nowhere else: do not switch branches or push, merge only where your task says so, and leave other checkouts alone.',
  );
}

const projectText = ({ project }: PromptFacts): string =>
  project === null ? '' : lines(`${project.title} (${project.slug})`, project.description);

const sprintText = ({ sprint }: PromptFacts): string =>
  sprint === null
    ? ''
    : lines(
        `Sprint ${sprint.number}: ${sprint.title}`,
        sprint.goal,
        sprint.acceptanceCriteria.length === 0
          ? null
          : `Accepted when:\n${bullets(sprint.acceptanceCriteria)}`,
      );

function rosterText({ roster }: PromptFacts): string {
  const items = roster.todos.map(
    ({ id, title, status, assignee }) =>
      `${id} [${status}${assignee === null ? '' : `, ${assignee}`}] ${title}`,
  );
  return lines(bullets(items), roster.more === 0 ? null : `… and ${roster.more} more: sloop todo list.`);
}

function todoText({ todo }: PromptFacts): string {
  if (todo === null) return '';
  const criteria = [
    ...todo.acceptanceCriteria,
    ...todo.successCriteria.map(({ criterion, measurable }) =>
      measurable === null ? criterion : `${criterion} (measured by: ${measurable})`,
    ),
  ];
  return lines(
    `${todo.id}: ${todo.title}. It is claimed for you.`,
    todo.description,
    criteria.length === 0 ? null : `Done means:\n${bullets(criteria)}`,
  );
}

const earlierText = ({ earlier }: PromptFacts): string =>
  bullets(
    earlier.map(
      ({ id, title, completionSummary }) =>
        `${id} ${title}: ${completionSummary ?? 'done, without a summary'}`,
    ),
  );

const beforeText = ({ before }: PromptFacts): string =>
  before === null
    ? ''
    : lines(
        `${before.name} worked on the same todo and ended ${before.status}.`,
        before.result === null ? null : `Its last words: ${before.result}`,
      );

const finishing = {
  stage: {
    tool: 'stage_finish',
    command: 'sloop stage finish --summary "…"',
    fields: 'a summary, and the verdict, findings and output that your task asks for',
  },
  alone: {
    tool: 'report',
    command: 'sloop report --status done --summary "…"',
    fields: 'status done (or failed) and a summary; put a document that you were asked for into output',
  },
};

function reportText({ inStage }: PromptFacts): string {
  const { tool, command, fields } = inStage ? finishing.stage : finishing.alone;
  return lines(
    `When your work is done, call \`${tool}\` of the MCP server \`sloop\` with ${fields}. ` +
      'Only that counts: work that ends without it is taken as not done.',
    'Say how it goes on the way with `report` (one line of text). If you cannot go on, report why, or ask: `sloop ask --to person "…"`' +
      (inStage
        ? '.'
        : ' (with `--park` you end your turn meanwhile, keep your todo, and are resumed with the answer).'),
    'Messages of your team come beside the answers of your tools.',
    'Sloop’s MCP tools may still be loading when you start. If you do not see them, go on working, ' +
      `or use the command \`sloop\`, which is on your PATH and knows who you are: \`${command}\`; \`sloop help\` shows the rest.`,
    '`context` (or `sloop context`) tells at any time where the work stands. Nobody reads what you only print.',
  );
}
