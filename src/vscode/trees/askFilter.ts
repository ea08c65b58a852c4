import * as vscode from 'vscode';
import type { Client } from '../../operations/client.ts';
import { filterPriorities, filterStatuses } from './filterWords.ts';
import { plain, who } from './looks/words.ts';
import type { Criteria } from './sources/filterSource.ts';

interface Choice extends vscode.QuickPickItem {
  readonly part?: 'status' | 'priority' | 'assignee';
  readonly value?: string;
}

/**
 * One list of all that can be filtered by; what is typed besides counts as words to look for when it names none of
 * them. Undefined when the person changes nothing.
 */
export function askFilter(client: Client, now: Criteria): Promise<Criteria | undefined> {
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title = 'Filter Todos';
  picker.placeholder = 'Choose what to show, or type words and press Enter';
  picker.canSelectMany = true;
  picker.value = now.text ?? '';
  picker.busy = true;
  const show = (assignees: readonly string[]) => {
    const all = choices(assignees);
    picker.items = all;
    picker.selectedItems = all.filter((choice) => isIn(now, choice));
  };
  show(now.assignee === undefined ? [] : [now.assignee]);
  void assigneesOf(client).then((names) => {
    // Not under the person's hands.
    if (picker.selectedItems.length === 0 || picker.busy) show(names);
    picker.busy = false;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(criteriaOf(picker.selectedItems, picker.value.trim()));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function choices(assignees: readonly string[]): Choice[] {
  const group = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const of = (part: NonNullable<Choice['part']>, value: string, label: string): Choice => ({
    // Words that are typed to look for must not hide what can be chosen.
    alwaysShow: true,
    label,
    part,
    value,
  });
  return [
    group('Status'),
    ...filterStatuses.map((status) => of('status', status, plain(status))),
    group('Priority'),
    ...filterPriorities.map((priority) => of('priority', priority, priority)),
    group('Assignee'),
    ...['person', ...assignees.filter((name) => name !== 'person')].map((name) =>
      of('assignee', name, who(name)),
    ),
  ];
}

const isIn = ({ status, priority, assignee }: Criteria, { part, value }: Choice): boolean => {
  switch (part) {
    case 'status':
      return status?.some((one) => one === value) ?? false;
    case 'priority':
      return priority?.some((one) => one === value) ?? false;
    case 'assignee':
      return assignee === value;
    default:
      return false;
  }
};

function criteriaOf(chosen: readonly Choice[], text: string): Criteria {
  const values = (part: Choice['part']) =>
    chosen.filter((one) => one.part === part).map(({ value }) => value);
  const status = filterStatuses.filter((one) => values('status').includes(one));
  const priority = filterPriorities.filter((one) => values('priority').includes(one));
  const [assignee] = values('assignee');
  return {
    ...(text === '' ? {} : { text }),
    ...(status.length === 0 ? {} : { status }),
    ...(priority.length === 0 ? {} : { priority }),
    ...(assignee === undefined ? {} : { assignee }),
  };
}

/** Those who can have a todo: agents that nobody has dismissed. */
async function assigneesOf(client: Client): Promise<readonly string[]> {
  const agents = await client.execute('agent.rows', { limit: 200 });
  return agents.ok ? agents.value.items.map(({ name }) => name) : [];
}
