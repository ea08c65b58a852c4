import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { walkthroughContributions } from '../../../../src/vscode/walkthrough/contributions.ts';
import { stepDoneBy, stepKeys } from '../../../../src/vscode/walkthrough/steps.ts';

const change = (operation: string, noun: string, more: object = {}) =>
  stepDoneBy({ operation, noun, action: 'created', callerKind: 'person', ...more } as never);

interface Step {
  readonly completionEvents: readonly string[];
  readonly media: { readonly svg: string };
}
const steps =
  (walkthroughContributions.walkthroughs as readonly { readonly steps: readonly Step[] }[])[0]?.steps ?? [];

describe('the walkthrough', () => {
  it('has five steps, each with a picture and completed by what is done', () => {
    assert.equal(steps.length, 5);
    for (const { media } of steps) assert.ok(existsSync(media.svg), media.svg);
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    for (const key of Object.values(stepKeys)) assert.ok(events.includes(`onContext:${key}`), key);
  });

  it('counts what was made from anywhere', () => {
    assert.equal(change('project.create', 'project'), 'project');
    assert.equal(change('loop.start', 'project', { callerKind: 'agent' }), 'project');
    assert.equal(change('artifact.stage', 'todo'), 'todo');
    assert.equal(change('loop.start', 'loop'), 'loop');
    assert.equal(change('todo.update', 'todo', { action: 'updated' }), undefined);
  });

  it('counts only a person’s own reviews and answers', () => {
    assert.equal(change('artifact.stage', 'artifact', { action: 'updated' }), 'review');
    assert.equal(change('artifact.stage', 'artifact', { action: 'updated', callerKind: 'agent' }), undefined);
    assert.equal(change('message.answer', 'message'), 'answer');
    assert.equal(change('message.answer', 'message', { callerKind: 'agent' }), undefined);
  });
});
