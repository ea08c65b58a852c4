import type { AgentId } from '../../../src/domain/ids.ts';
import { anAgent, callerOf } from '../../support/anAgent.ts';
import type { TestHost } from '../../support/testHost.ts';
import { lineOf, planVersions, sixthVersion } from './cachingPlan.ts';

const minute = 60_000;
const must = async <T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; refusal: { message: string } }>,
): Promise<T> => {
  const result = await answer;
  if (result.ok) return result.value;
  throw new Error(result.refusal.message);
};

/** The caching plan with five versions, in review, with two threads that are open. */
export async function planUnderReview(host: TestHost): Promise<string> {
  const project = await host.run('project.create', { slug: 'shop', title: 'Shop' });
  const session = await host.run('session.start', { title: 'Plan', project: project.id });
  const fields = { sessionId: session.id, projectId: project.id };
  const brave = anAgent({ ...fields, id: 'agent0000001' as AgentId, name: 'brave-otter', role: 'plan' });
  const calm = anAgent({ ...fields, id: 'agent0000002' as AgentId, name: 'calm-heron', role: 'reviewer' });
  await host.tables((tables) => [brave, calm].forEach((agent) => tables.agent.insert(agent)));
  const own = callerOf(brave);
  const [first, ...later] = planVersions;
  const plan = await must(
    host.as(own, 'artifact.create', {
      title: 'Caching layer plan',
      type: 'plan',
      content: first?.content ?? '',
    }),
  );
  const waits = [60, 18 * 60, 2 * 60, 48];
  for (const [at, { content, changeSummary }] of later.entries()) {
    host.clock.step((waits[at] ?? 0) * minute);
    const caller = at === 1 ? host.person : own;
    await must(host.as(caller, 'artifact.update', { artifact: plan.id, content, changeSummary }));
    if (at === 2) await remark(host, plan.id, 4);
  }
  await host.run('artifact.stage', { artifacts: [plan.id], stage: 'review' });
  const [thread] = (await host.run('artifact.comments', { artifact: plan.id })).items;
  await must(
    host.as(own, 'artifact.comment', {
      artifact: plan.id,
      body: 'The largest sample has 412 nodes; 500 holds all of it.',
      parent: thread?.id,
    }),
  );
  const content = planVersions[4]?.content ?? '';
  await must(
    host.as(callerOf(calm), 'artifact.comment', {
      artifact: plan.id,
      body: 'Which clock does the TTL use?',
      version: 5,
      startLine: lineOf(content, 'TTL is a safety net'),
    }),
  );
  host.clock.step(12 * minute);
  return plan.id;
}

async function remark(host: TestHost, artifact: string, version: number): Promise<void> {
  const startLine = lineOf(planVersions[version - 1]?.content ?? '', 'LRU, 500 entries');
  await host.run('artifact.comment', {
    artifact,
    body: '500 entries is a guess. What does the largest project need?',
    version,
    startLine,
    endLine: startLine + 1,
  });
}

/** The sixth version, which comes while the fifth is read. */
export const arriveSixth = async (host: TestHost, artifact: string): Promise<void> => {
  await must(host.as(host.person, 'artifact.update', { artifact, ...sixthVersion }));
};
