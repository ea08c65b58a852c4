import { commandIds } from '../commandIds.ts';
import { noticeKinds, type NoticeKind } from '../inbox/noticeOf.ts';
import type { Contributions } from '../contributions.ts';

const told: Readonly<Record<NoticeKind, string>> = {
  questions: 'an agent asks you something',
  waiting: 'an agent waits for you in its terminal, such as for a permission',
  failures: 'an agent has failed for good: it crashed three times, or ended without a report',
  conflicts: 'a merge is in conflict or failed, and no agent goes on with it',
  accounts: 'every account of a provider is exhausted',
  approvals: 'a todo, a merge, a plan, a proposal or a loop waits for your decision',
};

const notice = (kind: NoticeKind, order: number): object => ({
  type: 'boolean',
  default: true,
  scope: 'window',
  order,
  markdownDescription: `Show a notification when ${told[kind]}. The Inbox has it and its badge counts it either way.`,
});

/**
 * The settings of the extension. None of them names a program to start: those stand in `settings.yaml` of the
 * person's own data folder, which no workspace reaches. `readSettings.ts` reads them.
 */
export const settingsContributions: Contributions = {
  commands: [
    { command: commandIds.openAgentSettings, title: 'Open the Settings of Agents (YAML)', category: 'Sloop' },
  ],
  configuration: [
    {
      title: 'Agents',
      order: 1,
      properties: {
        'sloop.agents.provider': {
          type: 'string',
          default: '',
          scope: 'machine-overridable',
          order: 1,
          examples: ['claude', 'codex'],
          markdownDescription: `Agent CLI for the agents and loops that you start: \`claude\`, \`codex\` or one of your own. When empty, you choose at each start. Which programs these are is set in a file of yours that no workspace can change: [open it](command:${commandIds.openAgentSettings}).`,
        },
        'sloop.agents.form': {
          type: 'string',
          default: 'interactive',
          enum: ['interactive', 'streamed'],
          enumDescriptions: [
            'The agent has the terminal for itself, and you can talk to it there.',
            'The agent works by itself; the terminal shows what it says and does.',
          ],
          scope: 'window',
          order: 2,
          markdownDescription: 'How an agent that you start runs. Agents of loops are always streamed.',
        },
      },
    },
    {
      title: 'Reviews',
      order: 2,
      properties: {
        'sloop.reviews.openIn': {
          type: 'string',
          default: 'active',
          enum: ['active', 'beside'],
          enumDescriptions: [
            'In the group of editors that you work in.',
            'Beside it, so that your file stays visible.',
          ],
          scope: 'window',
          order: 1,
          markdownDescription: 'Where an artifact opens for review.',
        },
      },
    },
    {
      title: 'Notifications',
      order: 3,
      properties: {
        ...Object.fromEntries(
          noticeKinds.map((kind, at) => [`sloop.notifications.${kind}`, notice(kind, at + 1)]),
        ),
      },
    },
  ],
};
