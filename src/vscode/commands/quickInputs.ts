import * as vscode from 'vscode';
import { disposable, DisposableStore, type Disposable } from '../../base/disposables.ts';
import type { Answer, Choice, Choices, PickQuestion, Prompter, TextQuestion } from './prompter.ts';

interface Item extends vscode.QuickPickItem {
  readonly choice: Choice;
}

type Input = vscode.QuickPick<Item> | vscode.InputBox;

/** Asks with the editor's own quick inputs. */
export const quickInputs: Prompter = { pick, text };

/** Typing goes on for so long before it is searched for. */
const searchPauseMs = 200;

async function pick(question: PickQuestion): Promise<Answer<readonly Choice[]>> {
  for (;;) {
    const answer = await pickOnce(question);
    const browse = answer.kind === 'given' && !question.many ? answer.value[0]?.browse : undefined;
    if (browse === undefined) return answer;
    const found = await browsed(browse);
    // Going away from the dialog leads back to the list.
    if (found !== undefined) return { kind: 'given', value: [found] };
  }
}

function pickOnce(question: PickQuestion): Promise<Answer<readonly Choice[]>> {
  const { listed, many, mayBeNone, marked, placeholder } = question;
  const quickPick = vscode.window.createQuickPick<Item>();
  const isMarked = ({ choice }: Item) => marked.includes(choice.value);
  quickPick.placeholder = placeholder;
  quickPick.canSelectMany = many;
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.items = listed.choices.map((choice) => toItem(choice));
  if (many) quickPick.selectedItems = quickPick.items.filter(isMarked);
  else quickPick.activeItems = quickPick.items.filter(isMarked).slice(0, 1);
  return answered(quickPick, question, (give, owned) => {
    if (listed.search !== undefined) owned.add(searchIn(quickPick, listed.search, listed));
    owned.add(
      quickPick.onDidAccept(() => {
        const items = many ? quickPick.selectedItems : quickPick.activeItems;
        if (items.length > 0 || (many && mayBeNone)) give(items.map(({ choice }) => choice));
      }),
    );
  });
}

function text(question: TextQuestion): Promise<Answer<string>> {
  const { value, hint, problem, placeholder } = question;
  const box = vscode.window.createInputBox();
  box.value = value;
  box.placeholder = placeholder;
  box.prompt = hint ?? placeholder;
  return answered(box, question, (give, owned) => {
    // What has not been typed yet is not wrong yet.
    owned.add(box.onDidChangeValue((typed) => (box.validationMessage = problem(typed))));
    owned.add(
      box.onDidAccept(() => {
        box.validationMessage = problem(box.value);
        if (box.validationMessage === undefined) give(box.value);
      }),
    );
  });
}

/** What both have in common: title, steps, the way back, and an end whatever happens. */
function answered<Value>(
  input: Input,
  { title, step, steps, canGoBack }: PickQuestion | TextQuestion,
  prepare: (give: (value: Value) => void, owned: DisposableStore) => void,
): Promise<Answer<Value>> {
  const owned = new DisposableStore();
  owned.add(input);
  input.title = title;
  input.ignoreFocusOut = true;
  if (steps > 1) [input.step, input.totalSteps] = [step, steps];
  if (canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (answer: Answer<Value>) => {
      resolve(answer);
      owned.dispose();
    };
    prepare((value) => end({ kind: 'given', value }), owned);
    owned.add(input.onDidTriggerButton(() => end({ kind: 'back' })));
    owned.add(input.onDidHide(() => end({ kind: 'cancelled' })));
    input.show();
  });
}

/** Lists what a search finds for the words typed; what is selected already stays in the list. */
function searchIn(
  quickPick: vscode.QuickPick<Item>,
  search: NonNullable<Choices['search']>,
  listed: Choices,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const typed = quickPick.onDidChangeValue((words) => {
    clearTimeout(timer);
    timer = setTimeout(() => void find(words.trim()), searchPauseMs);
  });
  async function find(words: string): Promise<void> {
    quickPick.busy = words !== '';
    const found = words === '' ? [] : await search(words);
    // Something else has been typed meanwhile.
    if (quickPick.value.trim() !== words) return;
    quickPick.busy = false;
    const selected = quickPick.selectedItems;
    const known = new Set(selected.map(({ choice }) => choice.value));
    const more = [
      ...found.map((choice) => toItem(choice, true)),
      ...listed.choices.map((choice) => toItem(choice)),
    ];
    const fresh = more.filter(({ choice }) => !known.has(choice.value) && known.add(choice.value));
    quickPick.items = [...selected, ...fresh];
    if (quickPick.canSelectMany) quickPick.selectedItems = selected;
  }
  return disposable(() => {
    clearTimeout(timer);
    typed.dispose();
  });
}

/** `alwaysShow`: a search may have found words that are not in the label. */
const toItem = (choice: Choice, alwaysShow = false): Item => ({
  choice,
  label: choice.label,
  alwaysShow,
  ...(choice.description === undefined ? {} : { description: choice.description }),
  ...(choice.detail === undefined ? {} : { detail: choice.detail }),
});

async function browsed(what: 'folder' | 'file'): Promise<Choice | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: what === 'folder',
      canSelectFiles: what === 'file',
      openLabel: 'Choose',
      ...(folder === undefined ? {} : { defaultUri: folder }),
    })) ?? [];
  return chosen === undefined ? undefined : { label: chosen.fsPath, value: chosen.fsPath };
}
