import assert from 'node:assert/strict';
import { agentNames } from '../../../src/agents/agentNames.ts';

describe("agents' names", () => {
  it('are two short words joined by a hyphen, and many', () => {
    const names = Array.from({ length: 2000 }, () => agentNames.next());
    for (const name of names) assert.match(name, /^[a-z]{2,9}-[a-z]{2,9}$/);
    assert.ok(new Set(names).size > 1800, `${new Set(names).size} of 2000 differ`);
  });
});
