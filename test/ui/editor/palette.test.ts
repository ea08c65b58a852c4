import { answer, openSideBar, runCommand, treeRow } from '../../support/vscode/person.ts';
import { openPersonWorld, type PersonWorld } from './personWorld.ts';

describe('a person with the command palette', function () {
  this.timeout(240_000);
  let world: PersonWorld;
  before(async () => (world = await openPersonWorld()));
  after(() => world.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await world.picture(`failed-${this.currentTest.title}`);
  });

  it('creates a project, a sprint and a todo, and sees them in the tree', async () => {
    const { page } = world;
    await openSideBar(page);
    await runCommand(page, 'Sloop: Create a project');
    await answer(page, '1/2', 'Durations with units');
    await answer(page, '2/2', '');
    await treeRow(page, 'Durations with units').waitFor();

    await runCommand(page, 'Sloop: Create a sprint');
    await answer(page, '1/2', 'Units together');
    await answer(page, '2/2', 'Read 1h30m');
    await treeRow(page, 'Units together').waitFor();

    await runCommand(page, 'Sloop: Create todos');
    await answer(page, '1/', 'Write down the grammar');
    await answer(page, '2/', 'Largest unit first');
    await answer(page, '3/', 'high');
    await answer(page, '4/', 'Units together');
    await treeRow(page, 'Write down the grammar').waitFor();
    await world.picture('palette-tree');
  });

  it('completes a todo by its checkbox', async () => {
    const { page } = world;
    await treeRow(page, 'Write down the grammar').getByRole('checkbox').click();
    await page.getByRole('treeitem', { name: /Write down the grammar, completed/ }).waitFor();
  });
});
