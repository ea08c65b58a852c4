import { commandIds } from '../commandIds.ts';
import type { Contributions } from '../contributions.ts';
import { stepKeys, type WalkthroughStep } from './steps.ts';

const step = (
  id: WalkthroughStep,
  title: string,
  description: readonly string[],
  altText: string,
  alsoBy: readonly string[] = [],
) => ({
  id,
  title,
  description: description.join('\n\n'),
  media: { svg: `media/walkthrough/${id}.svg`, altText },
  completionEvents: [`onContext:${stepKeys[id]}`, ...alsoBy],
});

export const walkthroughContributions: Contributions = {
  commands: [{ command: commandIds.openWalkthrough, title: 'Open the Walkthrough', category: 'Sloop' }],
  walkthroughs: [
    {
      id: 'begin',
      title: 'Begin with Sloop',
      description: 'Agents that plan, code and review, and ask you.',
      icon: 'media/icon.png',
      steps: [
        step(
          'project',
          'Make a project',
          [
            'A project is a body of work: its sprints, todos, plans and documents. The one that is active takes in what you make next.',
            '[Create a project](command:sloop.project.create)',
            'Everything stays on this machine.',
          ],
          'A project with a sprint and two todos in a tree',
        ),
        step(
          'todo',
          'Say what there is to do',
          [
            'Write todos yourself, or let an agent write a plan: when you approve it, its steps become todos.',
            '[Create a todo](command:sloop.todo.create)',
            'Drag them into order, below each other, or into a sprint.',
          ],
          'A plan whose steps become todos',
        ),
        step(
          'loop',
          'Start a loop',
          [
            'Give a goal in words. A planner, a coder and a reviewer take turns, each in a terminal that you can watch, until the reviewer approves or a limit is reached.',
            '[Start a loop](command:sloop.loop.start)',
            'You need an agent CLI on this machine, such as Claude Code or Codex, and a folder that you trust.',
          ],
          'Plan, code and review take turns in rounds',
        ),
        step(
          'review',
          'Review a plan',
          [
            'Plans and documents keep every version. Compare two of them, remark on a line, request changes or approve. What you approve is exactly the version on your screen.',
            '[Open an artifact](command:sloop.artifact.show)',
          ],
          'Two versions of a plan with a remark on a changed line',
        ),
        step(
          'answer',
          'Answer, and see your agents',
          [
            'Agents ask when they need a decision. The Inbox has their questions and everything else that waits for you; the badge counts it.',
            '[Open the Inbox](command:sloop.inbox.focus)  [Show the agents](command:sloop.agents.focus)',
          ],
          'A question of an agent with a box for the answer',
          ['onCommand:sloop.inbox.focus'],
        ),
      ],
    },
  ],
};
