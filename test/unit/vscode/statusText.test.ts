import assert from 'node:assert/strict';
import { statusText } from '../../../src/vscode/statusText.ts';

describe('the status bar item', () => {
  it('says the active project, what runs and what waits', () => {
    assert.deepEqual(statusText({ project: null, running: 0, limit: null, waiting: 0 }), {
      text: '$(checklist) Sloop',
      spoken: 'Sloop: no agent runs, nothing waits for you',
      tooltip: 'Sloop: no agent runs, nothing waits for you',
    });
    const { text, spoken } = statusText({ project: 'Rate limiter', running: 2, limit: null, waiting: 1 });
    assert.equal(text, '$(checklist) Rate limiter  $(robot) 2  $(bell-dot) 1');
    assert.equal(spoken, 'Sloop: project Rate limiter, 2 agents at work, 1 waits for you');
  });

  it('says how many may run while something is dispatched', () => {
    const { text, spoken } = statusText({ project: 'Shop', running: 0, limit: 5, waiting: 0 });
    assert.equal(text, '$(checklist) Shop  $(robot) 0/5');
    assert.match(spoken, /no agent runs, dispatch starts up to 5/);
  });
});
